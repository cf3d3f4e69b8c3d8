"""Makes the greeting before another call can come between, of a variable that outlives the call."""

WORD = "Hello"  # parameter: word

user = "stranger"


def greeting():
    return f"{WORD}, {user}!"


def greet(name, save_visit):
    """`save_visit` writes the visit down elsewhere, which takes a while."""
    global user
    if name is not None:
        user = name
    text = greeting()
    save_visit(user)
    return text

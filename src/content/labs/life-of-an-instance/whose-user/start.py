"""Greets whoever calls, and saves their visit. Somebody without a name is a stranger."""

WORD = "Hello"  # parameter: word

user = "stranger"


def greeting():
    return f"{WORD}, {user}!"


def greet(name, save_visit):
    """`save_visit` writes the visit down elsewhere, which takes a while."""
    global user
    if name is not None:
        user = name
    print(name, "calls, and the user is", user)
    save_visit(user)
    return greeting()

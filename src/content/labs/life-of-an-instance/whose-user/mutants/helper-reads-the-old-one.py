"""Has a variable of its own, and a greeting that reads the shared one."""

WORD = "Hello"  # parameter: word

user = "stranger"


def greeting():
    return f"{WORD}, {user}!"


def greet(name, save_visit):
    """`save_visit` writes the visit down elsewhere, which takes a while."""
    user = "stranger" if name is None else name
    save_visit(user)
    return greeting()

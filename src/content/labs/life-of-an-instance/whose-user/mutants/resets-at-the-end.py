"""Empties the shared variable when a call ends."""

WORD = "Hello"  # parameter: word

user = "stranger"


def greeting():
    return f"{WORD}, {user}!"


def greet(name, save_visit):
    """`save_visit` writes the visit down elsewhere, which takes a while."""
    global user
    if name is not None:
        user = name
    try:
        save_visit(user)
        return greeting()
    finally:
        user = "stranger"

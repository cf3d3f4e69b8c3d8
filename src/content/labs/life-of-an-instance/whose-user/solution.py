"""Greets whoever calls, and saves their visit. Somebody without a name is a stranger."""

WORD = "Hello"  # parameter: word


def greeting(user):
    return f"{WORD}, {user}!"


def greet(name, save_visit):
    """`save_visit` writes the visit down elsewhere, which takes a while."""
    # region lines
    user = "stranger" if name is None else name
    save_visit(user)
    return greeting(user)
    # endregion

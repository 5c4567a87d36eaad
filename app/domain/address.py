"""E-mail addresses: whether one can be, and the one way it is stored and looked up."""

from email_validator import EmailNotValidError, validate_email

from app.domain.refusals import Invalid


def normal(email: str) -> str:
    """The address without outer blanks and in small letters."""
    return email.strip().lower()


def checked(email: str) -> str:
    """The address as it is stored; Invalid when it cannot be one. Nobody is asked whether it exists."""
    try:
        return normal(validate_email(email, check_deliverability=False, test_environment=True).normalized)
    except EmailNotValidError as fault:
        raise Invalid("email", email) from fault

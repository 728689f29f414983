"""Badge slip: a person's new badge to cut out and laminate; its text is on this paper and nowhere else."""

from pos.domain.receipt import Heading, framed
from pos.domain.slip import Code, Gap, Look, Side, Slip, Text
from pos.domain.staff import Cashier


def badge_slip(person: Cashier, text: str, heading: Heading) -> Slip:
    """Return a badge with the code that a scanner or the camera reads."""
    body = (
        Text(f"{person.name} {person.number}", Look.BIG, Side.CENTRE),
        Gap(),
        Code(text),
        Gap(),
        Text("拿着它的人就能用这台收银机，丢了马上告诉店长", side=Side.CENTRE),
    )
    return framed(body, heading, title="工牌")

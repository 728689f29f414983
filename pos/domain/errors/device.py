"""What is plugged in; selling goes on."""

from pos.domain.errors.base import DeviceError


class CameraLost(DeviceError):
    """The camera ``source`` cannot be opened or stopped giving frames."""

    code = "P-301"


class DecoderMissing(DeviceError):
    """A reading library (``library``) is not there; the others go on."""

    code = "P-302"


class SecondCopyBehind(DeviceError):
    """The second copy in ``path`` lacks entries (``reason``); it is caught up by itself when it can be written."""

    code = "P-304"


class ManifestUnreadable(DeviceError):
    """The list of pictures in ``path`` cannot be read (``reason``)."""

    code = "P-309"


class VideoNotWritten(DeviceError):
    """A video cannot be written to ``path``."""

    code = "P-303"


class ScaleLost(DeviceError):
    """The scale at ``port`` cannot be opened or was pulled out; it is looked for again by itself."""

    code = "P-320"


class ScaleSilent(DeviceError):
    """The scale at ``port`` is there, but has sent no weight that can be read for ``seconds``."""

    code = "P-321"


class PoleLost(DeviceError):
    """The display on the pole at ``port`` cannot be written to; it is looked for again by itself."""

    code = "P-325"


class ScaleUnstable(DeviceError):
    """What lies on the scale still moves."""

    code = "P-322"


class ScaleBelowZero(DeviceError):
    """The scale shows less than nothing, or nothing."""

    code = "P-323"


class ScaleOverloaded(DeviceError):
    """More lies on the scale than it can weigh."""

    code = "P-324"

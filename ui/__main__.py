"""The till's window: ``./till run`` for a store, ``./till demo`` for a store to try."""

import argparse
import gc
import logging
import sys
from pathlib import Path

from pos.domain.errors import PosError
from ui import guard


def main(arguments: list[str] | None = None) -> int:
    """Run the window; 0 when it was closed, 1 when the demo found a difference, 2 when it could not start."""
    options = _parser().parse_args(arguments)
    try:
        guard.check()
        return int(options.run(options))
    except PosError as error:
        from ui.trouble import tell  # noqa: PLC0415  (Qt is loaded only once the guard has passed)

        return tell(error)
    except Exception as error:
        from ui.lane import Bug  # noqa: PLC0415
        from ui.trouble import tell  # noqa: PLC0415

        logging.getLogger(__name__).critical("a bug ended the till", exc_info=error)
        return tell(Bug(reason=type(error).__name__))
    finally:
        gc.unfreeze()  # else libraries find their own things still there at the end, and complain on the terminal


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="till", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")
    run = commands.add_parser("run", help="the till of a store")
    run.add_argument("--settings", type=Path, required=True, help="the till's TOML file")
    run.add_argument("--training", action="store_true", help="a till to practise on: nothing in it is real")
    run.set_defaults(run=_run)
    demo = commands.add_parser("demo", help="a store to try, on this machine alone")
    demo.add_argument("--language", choices=["zh", "en"], default="zh")
    demo.add_argument("--camera", default="auto", help="a device number, a video, a folder, synthetic or none")
    demo.add_argument("--unattended", action="store_true", help="play a short day without a screen")
    demo.add_argument("--out", type=Path, help="where the demo keeps its files")
    demo.set_defaults(run=_demo)
    return parser


def _run(options: argparse.Namespace) -> int:
    gc.disable()  # until the window is there: what a start makes is no rubbish, and looking for some takes a tenth
    from pos.settings import load_settings  # noqa: PLC0415
    from ui.application import Starting, make_application  # noqa: PLC0415

    settings = load_settings(options.settings)
    qt = make_application(settings)
    starting = Starting(settings.till.store_name)
    starting.show_and_wait()
    from ui.run import run  # noqa: PLC0415  (whoever waits looks at words meanwhile)

    return run(qt, starting, settings, is_training=options.training)


def _demo(options: argparse.Namespace) -> int:
    from ui.demo.run import run, run_unattended  # noqa: PLC0415

    if options.unattended:
        return run_unattended(options.out or Path("out/demo"), options.language)
    return run(options.out, options.language, options.camera)


if __name__ == "__main__":
    sys.exit(main())

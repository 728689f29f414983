@echo off
rem Guitai's front door on Windows: makes the checkout ready once, then runs one verb. "till help" tells them.
rem   GUITAI_PYTHON   the Python to use instead of the first fitting one of the py launcher
rem   GUITAI_VENV     the folder for the Python packages instead of .venv
setlocal
set "root=%~dp0"
set "root=%root:~0,-1%"
if not defined GUITAI_VENV set "GUITAI_VENV=%root%\.venv"
set "python=%GUITAI_VENV%\Scripts\python.exe"
set "lock=%root%\requirements.lock"
set "verb=%~1"
if "%verb%"=="" set "verb=help"

if "%verb%"=="setup" goto set_up
if "%verb%"=="demo"  goto set_up
if "%verb%"=="run"   goto set_up
if "%verb%"=="test"  goto set_up
if "%verb%"=="check" goto set_up
if "%verb%"=="prove" goto set_up
if "%verb%"=="screens" goto set_up
if "%verb%"=="bench" goto set_up
if "%verb%"=="admin" goto set_up
echo till VERB [OPTION]...
echo.
echo   demo     a store to try, on this machine alone (--unattended --out DIR plays a day without a screen)
echo   run      the till of a store (--settings FILE)
echo   test     every test; with arguments: pytest with those
echo   check    format, lint, types, import contracts, house rules
echo   screens  draw every screen in every state into docs/screens (--out DIR)
echo   prove    look for a broken promise in every way there is, for --minutes N; a report into --out DIR
echo   bench    measure the till
echo   admin    headless commands: hub, enrol, office, sandbox, doctor, journal, report
echo   setup    make ready and nothing else
echo   help     this text
if "%verb%"=="help" exit /b 0
echo till: no such verb: %verb% 1>&2
exit /b 2

:set_up
rem The lock is copied beside what was made from it; equal means nothing is left to do.
fc /b "%lock%" "%GUITAI_VENV%\made.lock" >nul 2>nul
if not errorlevel 1 if exist "%python%" goto run
call :find_python
if not defined found (
    echo till: a Python 3.11, 3.12 or 3.13 is needed; GUITAI_PYTHON can name it 1>&2
    exit /b 2
)
echo till: 1/2 Python packages for %found% (300 MB the first time) ... 1>&2
%found% -m venv --clear "%GUITAI_VENV%" || goto failed
"%python%" -m pip install --quiet --only-binary :all: --require-hashes --no-deps --no-compile -r "%lock%" || goto failed
echo till: 2/2 bytecode ... 1>&2
"%python%" -m compileall -q -j 0 -x "[\\/](tests|pip|pygments|mypy|mypyc)[\\/]|[.]tmpl[.]" "%GUITAI_VENV%\Lib" "%root%\pos" "%root%\ui"
copy /y "%lock%" "%GUITAI_VENV%\made.lock" >nul || goto failed
echo till: ready 1>&2

:run
if "%verb%"=="setup" exit /b 0
set "PYTHONPATH=%root%"
set "PYTHONSAFEPATH=1"
set "PYTHONUTF8=1"
set "rest="
:next
shift
if "%~1"=="" goto start
set rest=%rest% %1
goto next
:start
if "%verb%"=="demo"  "%python%" -m ui demo %rest%
if "%verb%"=="run"   "%python%" -m ui run %rest%
if "%verb%"=="admin" "%python%" -m pos %rest%
if "%verb%"=="bench" "%python%" -m tests.bench %rest%
if "%verb%"=="test"  pushd "%root%" & "%python%" -m tests.suite %rest%
if "%verb%"=="check" pushd "%root%" & "%python%" -m tests.check %rest%
if "%verb%"=="prove" pushd "%root%" & "%python%" -m tests.prove %rest%
if "%verb%"=="screens" pushd "%root%" & "%python%" -m tests.screens %rest%
exit /b %errorlevel%

:failed
echo till: failed; the lines above say why 1>&2
exit /b 2

:find_python
set "found="
set "fits=import ensurepip, ssl, sys, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 14))"
if defined GUITAI_PYTHON (
    "%GUITAI_PYTHON%" -c "%fits%" >nul 2>nul && set found="%GUITAI_PYTHON%"
    exit /b 0
)
for %%p in ("py -3.13" "py -3.12" "py -3.11" "python") do (
    if not defined found (
        %%~p -c "%fits%" >nul 2>nul && set "found=%%~p"
    )
)
exit /b 0

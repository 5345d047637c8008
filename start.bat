@echo off
rem Double click: makes its own environment the first time, then opens Staffroom in the browser.
setlocal
cd /d "%~dp0"
title Staffroom - leave this window open
set "PYTHON="
where py >nul 2>nul && set "PYTHON=py -3"
if not defined PYTHON where python >nul 2>nul && set "PYTHON=python"
if not defined PYTHON (
  echo Staffroom needs Python 3.11 or newer. Get it from https://www.python.org/downloads/
  echo and tick "Add python.exe to PATH" while installing. Then double click start.bat again.
  pause
  exit /b 1
)
%PYTHON% -c "import sys; sys.exit(sys.version_info < (3, 11))"
if errorlevel 1 (
  echo This Python is too old. Staffroom needs Python 3.11 or newer.
  pause
  exit /b 1
)
if not exist ".venv\Scripts\python.exe" (
  echo Setting up Staffroom. This takes a few minutes, once.
  %PYTHON% -m venv .venv || goto failed
)
fc /b requirements.txt .venv\installed.txt >nul 2>nul
if errorlevel 1 (
  if exist wheels (
    .venv\Scripts\python -m pip install --quiet --no-index --find-links wheels -r requirements.txt || goto failed
  ) else (
    .venv\Scripts\python -m pip install --quiet -r requirements.txt || goto failed
  )
  copy /y requirements.txt .venv\installed.txt >nul
)
echo Staffroom opens in your browser. Leave this window open; close it to stop.
.venv\Scripts\python -m streamlit run app.py
if errorlevel 1 pause
exit /b
:failed
echo Setting up did not work. Is there a connection to the internet, and room on the disk?
pause
exit /b 1

"""Coverage-guided fuzzing of a target with atheris, run by an interpreter that has atheris.

    python fuzz.py ROOT LIBRARIES TARGET CORPUS SECONDS [libFuzzer's own words]

LIBRARIES is where our own libraries lie, for the interpreter's environment has only the fuzzer. Ends with 0 when
nothing was found; inputs that reached new code are left in the folder CORPUS.
"""

import sys

import atheris

ROOT, LIBRARIES, TARGET, CORPUS, SECONDS, *MORE = sys.argv[1:]
sys.path.insert(0, ROOT)
sys.path.append(LIBRARIES)
with atheris.instrument_imports(include=["hardware", "kiosk.core", "ndef"]):
    from tests.fuzz.targets import TARGETS

atheris.Setup(
    [sys.argv[0], f"-max_total_time={SECONDS}", "-max_len=600", "-timeout=5", *MORE, CORPUS], TARGETS[TARGET]
)
atheris.Fuzz()

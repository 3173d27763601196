"""Makes hmda.csv, resume-names.csv and arrests.csv in lessons/data/gpl from Debian's r-cran-aer 1.2-10-1 and r-cran-cardata 3.0.5-1.

    apt-get download r-cran-aer r-cran-cardata && for p in r-cran-*.deb; do dpkg-deb -x $p packages; done
    pip install rdata pandas && python gpl.py packages ../gpl

Names and values stay as the packages have them, without R's row names. HMDA's ratios were single-precision numbers once: seven digits hold all they know.
"""
import pathlib, sys
from r_table import lazy, rda

packages, out = map(pathlib.Path, sys.argv[1:3])
library = packages / "usr/lib/R/site-library"
tables = {
    "hmda": rda(library / "AER/data/HMDA.rda", "HMDA"),
    "resume-names": rda(library / "AER/data/ResumeNames.rda", "ResumeNames"),
    "arrests": lazy(library / "carData/data", "Arrests"),
}
for name, table in tables.items():
    table.to_csv(out / f"{name}.csv", index=False, lineterminator="\n", float_format="%.7g")

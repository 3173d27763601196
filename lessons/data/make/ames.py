"""Makes lessons/data/ames/ames.csv from Debian's r-cran-modeldata 1.1.0-1.

    apt-get download r-cran-modeldata && dpkg-deb -x r-cran-modeldata_*.deb modeldata
    pip install rdata pandas && python ames.py modeldata > ames.csv
"""
import pathlib, sys
from r_table import lazy

lazy(pathlib.Path(sys.argv[1]) / "usr/lib/R/site-library/modeldata/data", "ames").to_csv(sys.stdout, index=False)

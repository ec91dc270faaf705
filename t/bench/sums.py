"""The ten rules of t/bench/datasets in Python: json into Decimal, within half of the last place.

usage: sums.py FILE
"""
import json
import sys
from decimal import Decimal as D

wrong = 0
with open(sys.argv[1], "rb") as lines:
    for line in lines:
        dataset = json.loads(line, parse_float=D, parse_int=D)
        f = {figure["id"]: figure["value"] for figure in dataset["figures"]}
        wrong += not (
            f["shops.rural"] + f["shops.premises"] + f["shops.mobile"] == f["shops.total"]
            and abs(f["aid.state"] + f["aid.region"] + f["aid.europe"] - f["aid.total"]) <= D("0.002")
            and f["jobs.women"] + f["jobs.men"] == f["jobs.total"]
            and f["shops.rural"] <= f["shops.total"]
            and abs(100 * f["jobs.women"] / f["jobs.total"] - f["jobs.women_share"]) <= D("0.05")
            and abs(100 * (f["shops.total"] / f["shops.last"] - 1) - f["shops.growth"]) <= D("0.05")
            and abs(f["satisfied"] + f["unsatisfied"] + f["undecided"] - 100) <= D("0.15")
            and 0 <= f["satisfied"] <= 100
            and abs(f["aid.mean"] * f["shops.total"] - f["aid.total"]) <= f["aid.total"] / 100 + D("0.002")
            and f["shops.last"] + f["opened"] - f["closed"] == f["shops.total"]
        )
sys.exit(wrong > 0)

# The ten rules of t/bench/datasets in jq's arithmetic, which is binary: within half of the last place.
def near($a; $b; $half): ($a - $b | fabs) <= $half + 1e-9;
(.figures | map({(.id): .value}) | add) as $f
| $f["shops.rural"] + $f["shops.premises"] + $f["shops.mobile"] == $f["shops.total"]
  and near($f["aid.state"] + $f["aid.region"] + $f["aid.europe"]; $f["aid.total"]; 0.002)
  and $f["jobs.women"] + $f["jobs.men"] == $f["jobs.total"]
  and $f["shops.rural"] <= $f["shops.total"]
  and near(100 * $f["jobs.women"] / $f["jobs.total"]; $f["jobs.women_share"]; 0.05)
  and near(100 * ($f["shops.total"] / $f["shops.last"] - 1); $f["shops.growth"]; 0.05)
  and near($f.satisfied + $f.unsatisfied + $f.undecided; 100; 0.15)
  and 0 <= $f.satisfied and $f.satisfied <= 100
  and near($f["aid.mean"] * $f["shops.total"]; $f["aid.total"]; 0.01 * $f["aid.total"] + 0.002)
  and $f["shops.last"] + $f.opened - $f.closed == $f["shops.total"]
| select(. | not)

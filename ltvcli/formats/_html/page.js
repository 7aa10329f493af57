"use strict";
document.querySelectorAll("table").forEach(table => {
  const body = table.tBodies[0], rows = [...body.rows], lang = document.documentElement.lang;
  if (rows.length < 2) return;
  const order = new Intl.Collator(lang, {numeric: true});
  const text = (row, n) => row.cells[n].firstChild ? row.cells[n].firstChild.textContent.trim() : "";
  const number = shown => {
    const match = shown.replace(/,/g, "").match(/^([^\d]*)(\d+(?:\.\d+)?)/);
    return match && (/[-−]$|^[-−]|[-−][^\d]$/.test(match[1].trim()) ? -1 : 1) * match[2];
  };
  [...table.tHead.rows[0].cells].forEach((head, n) => {
    const words = head.classList.contains("l"), button = document.createElement("button");
    button.type = "button";
    const link = head.querySelector("a");
    if (link) button.setAttribute("aria-label", document.body.dataset.sort.replace("…", () => head.textContent));
    else button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const first = words ? "ascending" : "descending", other = words ? "descending" : "ascending";
      const way = head.getAttribute("aria-sort") === first ? other : first;
      [...head.parentNode.cells].forEach(cell => cell.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", way);
      const keys = new Map(rows.map(row => {
        const shown = text(row, n);
        return [row, shown === "" || shown.startsWith("–") ? null : words ? shown : number(shown)];
      }));
      const sign = way === "ascending" ? 1 : -1;
      body.append(...[...rows].sort((one, two) => {
        const a = keys.get(one), b = keys.get(two);
        if (a === null || b === null) return (a === null) - (b === null);
        return sign * (words ? order.compare(a, b) : a - b);
      }));
    });
  });
});
const panel = document.getElementById("whatif");
if (panel) {
  const of = JSON.parse(panel.dataset.levers), was = of.values, base = of.inputs;
  const sum = list => list.reduce((total, value) => total + value, 0);
  const worth = (list, each) => list.reduce(
    (total, value, age) => total + value * each * (1 + base.discount) ** -age, 0);
  const inMonths = (lapses, power) => {
    const areas = new Array(lapses.months).fill(0), ends = [];
    for (let month = 0; month <= lapses.months; month++) ends.push(month);
    const edges = [...new Set([...ends, ...lapses.times])].sort((a, b) => a - b);
    let step = 0, share = 1;
    for (let n = 0; n + 1 < edges.length; n++) {
      while (step < lapses.times.length && lapses.times[step] <= edges[n]) share = lapses.share[step++];
      areas[Math.floor(edges[n])] += share ** power * (edges[n + 1] - edges[n]);
    }
    return areas;
  };
  const answer = factors => {
    const now = {...base}, factor = lever => factors[lever] ?? 1;
    let {revenue, orders, active} = of;
    if (factor("churn") !== 1) {
      now.churn = was.churn * factor("churn");
      if (of.lapses) {
        const power = of.lapses.by_hazard ? now.churn / was.churn
          : Math.log1p(-now.churn) / Math.log1p(-was.churn);
        const before = inMonths(of.lapses, 1), after = inMonths(of.lapses, power);
        const more = before.map((area, age) => area > 0 ? after[age] / area : 1);
        revenue = revenue.map((value, age) => value * more[age]);
        active = after.slice(0, of.horizon);
        if (orders.length) now.frequency = 12 * sum(orders.map((value, age) => value * more[age])) / sum(active);
      }
    }
    const each = factor("aov") * factor("arpu"), often = factor("frequency");
    revenue = revenue.map(value => value * each * often);
    if ("arpu" in now) now.arpu *= each * often;
    if ("aov" in now) now.aov *= each;
    if ("frequency" in now) now.frequency *= often;
    for (const lever of ["margin", "cac"]) if (lever in was) now[lever] = was[lever] * factor(lever);
    let ltv;
    if (of.method === "observed") {
      ltv = worth(revenue.slice(0, of.horizon), now.margin) - worth(active, now.retention_cost / 12);
    } else if (of.method === "basic") {
      ltv = now.aov * now.margin * now.frequency * now.lifespan / 12;
    } else {
      ltv = "churn" in now ? now.arpu * now.margin * (1 + now.discount) / (now.churn + now.discount)
        : now.discount === 0 ? now.arpu * now.margin * now.lifespan
        : now.arpu * now.margin * (1 - (1 + now.discount) ** -now.lifespan) * (1 + now.discount) / now.discount;
    }
    const ratio = now.cac > 0 ? ltv / now.cac : null;
    const monthly = ("frequency" in now && "aov" in now ? now.aov * now.frequency / 12 : now.arpu) * now.margin;
    const simple = !("cac" in now) ? null : now.cac === 0 ? 0 : monthly > 0 ? now.cac / monthly : null;
    let observed = null, total = 0;
    if ("cac" in now) revenue.forEach((value, age) => {
      total += value * now.margin;
      if (observed === null && total >= now.cac) observed = age + 1;
    });
    const grades = ["danger", "caution", "improvable", "healthy"];
    const grade = ratio === null || !of.graded ? "unknown" : grades[of.steps.filter(step => ratio >= step).length];
    return {ltv, ratio, simple, observed, grade, most: of.assumed_margin && now.margin === 1};
  };
  const quote = word => /^[\w@%+=:,./-]+$/.test(word) ? word : "'" + word.replaceAll("'", "'\"'\"'") + "'";
  const change = part => (part > 0 ? "+" : "-") + Math.abs(part) + "%";
  const command = parts => {
    const words = [...of.command];
    for (const [lever, typed] of Object.entries(of.typed)) {
      words.push("--" + lever.replaceAll("_", "-"), parts[lever] ? typed + " " + change(parts[lever]) : typed);
    }
    for (const [lever, part] of Object.entries(parts)) {
      if (part && !(lever in of.typed)) words.push("--" + lever, change(part));
    }
    return words.map(quote).join(" ");
  };
  const lang = document.documentElement.lang, {currency, texts} = of;
  const rounded = (value, digits) => {
    const [whole, exact] = value.toFixed(60).split(".");
    const cut = whole + "." + exact.slice(0, digits);
    return /^50*$/.test(exact.slice(digits)) && /[02468]$/.test(cut) ? +cut : +value.toFixed(digits);
  };
  const plain = (value, digits) => rounded(value, digits)
    .toLocaleString("en", {minimumFractionDigits: digits, maximumFractionDigits: digits});
  const money = value => currency
    ? new Intl.NumberFormat(lang, {style: "currency", currency, roundingMode: "halfEven"}).format(String(value))
    : plain(value, 2).replace(/\.00$/, "");
  const short = (value, digits) => {
    let shown = rounded(value, digits);
    const nearest = Math.round(value);
    if (shown === nearest && value < nearest && Math.abs(value - nearest) > 1e-9 * Math.max(Math.abs(value), nearest))
      shown = nearest - 0.1 ** digits;
    return plain(shown, digits);
  };
  const write = (name, value, as) => {
    panel.querySelector(`[data-shows=${name}]`).textContent = value === null ? "–" : as(value);
  };
  const sliders = [...panel.querySelectorAll("input")];
  const shown = {churn: value => (100 * value).toFixed(1) + "%", margin: value => (100 * value).toFixed(1) + "%",
    frequency: value => short(value, 2)};
  const draw = () => {
    const parts = Object.fromEntries(sliders.map(slider => [slider.name, +slider.value]));
    const factors = Object.fromEntries(Object.entries(parts).map(
      ([lever, part]) => [lever, part < 0 ? 1 - -part / 100 : 1 + part / 100]));
    const linked = {...factors};
    for (const [lever, movers] of Object.entries(of.links)) {
      for (const [mover, power] of Object.entries(movers)) linked[lever] *= factors[mover] ** power;
    }
    const possible = ["churn", "margin"].every(lever => !(lever in linked) || was[lever] * linked[lever] <= 1 + 1e-12);
    const {ltv, ratio, simple, observed, grade, most} = possible ? answer(linked)
      : {ltv: null, ratio: null, simple: null, observed: null, grade: null, most: false};
    for (const slider of sliders) {
      const value = (shown[slider.name] || money)(was[slider.name] * linked[slider.name]);
      const text = slider.value === "0" ? value : `${value} (${change(+slider.value)})`;
      slider.setAttribute("aria-valuetext", text);
      slider.nextElementSibling.textContent = text;
    }
    const months = value => texts.months.replace("{n}", short(value, 1));
    write("ltv", ltv, money);
    write("ltv_to_cac", ratio, value => short(value, 2));
    write("payback", simple, months);
    if (of.revenue.length) write("payback_observed", observed, months);
    write("grade", grade, () => texts[most ? "at_most" : "grades"][grade]);
    panel.querySelector("[data-shows=grade]").className = most || !grade ? "" : texts.classes[grade];
    panel.querySelector("[data-shows=command]").textContent = command(parts);
  };
  panel.addEventListener("input", draw);
  panel.addEventListener("reset", () => setTimeout(draw));
  panel.hidden = false;
  draw();
}

"use strict";
// Filters, kept in the fragment of the address; sentences shown inside the findings that are opened.
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const form = document.getElementById("filters");
  const shown = document.getElementById("shown");
  const heading = document.getElementById("findings-heading");
  const names = ["entity", "article", "verdict", "force", "bearer", "text"];
  const entities = all(".entity");
  const groups = all(".group");

  const norms = new Map(all(".norm").map(node => [node.dataset.norm, {
    article: node.dataset.article,
    force: node.dataset.force || "",
    bearers: (node.dataset.bearer || "").split(" "),
    quotes: all("blockquote", node),
  }]));
  const findings = entities.flatMap(entity => all(".finding", entity).map(node => ({
    node, norm: norms.get(node.dataset.norm), verdict: node.dataset.verdict, entity: entity.dataset.entity,
    text: "",  // what it says in small letters, made when somebody searches first
  })));

  const says = each => {
    each.text ||= [each.node, ...each.norm.quotes].map(node => node.textContent).join(" ").toLowerCase().replace(/\s+/g, " ");
    return each.text;
  };
  const wanted = () => Object.fromEntries(names.map(name => [name, form.elements[name].value.trim()]));
  const fits = (each, want) =>
    (!want.entity || each.entity === want.entity) &&
    (!want.verdict || each.verdict === want.verdict) &&
    (!want.article || each.norm.article === want.article) &&
    (!want.force || each.norm.force === want.force) &&
    (!want.bearer || each.norm.bearers.includes(want.bearer)) &&
    want.text.toLowerCase().split(/\s+/).every(word => says(each).includes(word));

  const opened = new Set();  // groups that a filter unfolded
  const unfold = (group, narrowed) => {
    if (narrowed && !group.open) { opened.add(group); group.open = true; }
    if (!narrowed && opened.delete(group)) group.open = false;
  };

  const count = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
  const tell = (fitting, want) => {
    if (!names.some(name => want[name])) return `${count(findings.length, "finding")} on ${entities.length} listed`;
    const on = new Set(fitting.map(each => each.entity)).size;
    return `${fitting.length.toLocaleString("en")} of ${count(findings.length, "finding")} shown, on ${on} of ${entities.length} listed`;
  };

  const filter = () => {
    const want = wanted();
    const narrowed = names.some(name => name !== "entity" && want[name]);
    const fitting = findings.filter(each => fits(each, want));
    const kept = new Set(fitting.map(each => each.node));
    for (const { node } of findings) node.hidden = !kept.has(node);
    for (const group of groups) {
      group.hidden = !all(".finding", group).some(node => kept.has(node));
      if (group.matches("details")) unfold(group, narrowed && !group.hidden);
    }
    for (const node of all(".questions")) node.hidden = narrowed;
    for (const entity of entities)
      entity.hidden = want.entity ? entity.dataset.entity !== want.entity : !all(".group", entity).some(group => !group.hidden);
    shown.textContent = tell(fitting, want);
    return want;
  };

  // ---- the fragment: a filter (`article=8&verdict=unmet`) or the name of a place ---------------------------------

  const address = query => {
    const set = new URLSearchParams(Object.entries(query).filter(([, value]) => value));
    return `#${set}`;
  };
  const keep = () => {
    const query = address(filter());
    if (query !== "#" || location.hash.includes("=")) history.replaceState(null, "", query);
  };
  const reveal = target => {
    if (target.closest("[hidden]")) { form.reset(); filter(); }
    for (let node = target; node; node = node.parentElement) if (node.matches("details")) node.open = true;
    target.scrollIntoView();
    const focus = target.querySelector(":scope > :is(summary, h2, h3, h4)") || target;
    if (!focus.matches("summary, a")) focus.tabIndex = -1;
    focus.focus({ preventScroll: true });
  };
  const follow = () => {
    const hash = location.hash.slice(1);
    if (!hash || hash.includes("=")) {
      const query = new URLSearchParams(hash);
      for (const name of names) form.elements[name].value = query.get(name) || "";
      filter();
      if (!hash) return;
      heading.scrollIntoView();
      heading.focus({ preventScroll: true });
    } else {
      filter();
      const target = document.querySelector(":target");
      if (target) reveal(target);
    }
  };

  // ---- sentences -------------------------------------------------------------------------------------------------

  const quote = node => {
    const cite = node.querySelector(".cite");
    if (!cite || node.querySelector("blockquote")) return;
    cite.after(...norms.get(node.dataset.norm).quotes.map(each => each.cloneNode(true)));
  };
  document.addEventListener("toggle", event => {
    if (event.target.matches(".finding") && event.target.open) quote(event.target);
  }, true);

  // ---- start -----------------------------------------------------------------------------------------------------

  for (const link of all("a[data-query]")) {
    const entity = link.closest(".entity");
    const query = Object.fromEntries(new URLSearchParams(link.dataset.query));
    link.href = address(entity ? { entity: entity.dataset.entity, ...query } : query);
  }
  let waiting = 0;
  for (const change of ["input", "change"])
    form.addEventListener(change, () => { clearTimeout(waiting); waiting = setTimeout(keep, 150); });
  form.addEventListener("reset", () => setTimeout(keep));
  form.addEventListener("submit", event => event.preventDefault());
  const openAll = open => {
    for (const { node } of findings) if (!node.closest("[hidden]")) node.open = open;
    for (const group of groups) if (group.matches("details") && !group.hidden) group.open = open;
  };
  document.getElementById("open-all").addEventListener("click", () => openAll(true));
  document.getElementById("close-all").addEventListener("click", () => openAll(false));
  addEventListener("hashchange", follow);
  addEventListener("beforeprint", () => {  // browsers in which the style sheet cannot open what is folded
    if (!CSS.supports("selector(::details-content)")) for (const node of all("details")) node.open = true;
  });
  form.hidden = document.getElementById("controls").hidden = false;
  follow();
  addEventListener("load", () => setTimeout(follow));  // once more when the browser has gone to the place by itself
})();

// Enhances only: every page says and does the same without this file.
(() => {
  const root = document.documentElement, $ = (s, e = document) => [...e.querySelectorAll(s)];
  const make = (tag, props, ...kids) => { const e = Object.assign(document.createElement(tag), props); e.append(...kids); return e; };
  // MLflow's own deep links live in the fragment, which only script can see
  const deep = location.pathname === "/" && /^#\/(experiments\/[^/?]+(?:\/runs\/([^/?]+))?|models\/[^/?]+(?:\/versions\/\d+)?)/.exec(location.hash);
  if (deep) { location.replace(deep[2] ? "/runs/" + deep[2] : "/" + deep[1]); return; }
  // theme: the server reads the cookie on the next page, so there is no flash
  $("[name=theme]").forEach(r => r.addEventListener("change", () => {
    document.cookie = "assay_theme=" + r.value + ";path=/;max-age=31536000;samesite=lax";
    r.value === "auto" ? delete root.dataset.theme : root.dataset.theme = r.value;
  }));
  // copy: the button exists only where copying can work
  const say = make("p", { className: "vh" }); say.setAttribute("role", "status"); document.body.append(say);
  if (navigator.clipboard) $(".cmd").forEach(c => {
    const b = make("button", { type: "button", textContent: "Copy" }), line = c.querySelector("code").textContent;
    b.setAttribute("aria-label", "Copy: " + line.slice(0, 60));
    b.addEventListener("click", async () => { await navigator.clipboard.writeText(line); b.textContent = say.textContent = "Copied"; setTimeout(() => b.textContent = "Copy", 1500); });
    c.append(b);
  });
  // a page left open must not go on claiming what it saw: after two minutes it says its age
  const read = performance.now();
  let old;
  setInterval(() => {
    const minutes = Math.floor((performance.now() - read) / 60000);
    if (minutes < 2) return;
    if (!old) {
      old = make("span"); const again = make("a", { href: location.href, textContent: "Read again" });
      document.querySelector("main").before(make("aside", { className: "band", ariaLabel: "Age" }, old, " ", again));
    }
    old.textContent = "This page was read " + minutes + " min ago and may be out of date.";
  }, 20000);
  // keys: never inside a field, never with a modifier, can be switched off
  const keys = () => localStorage.getItem("keys") !== "off", note = document.getElementById("keys-off");
  if (note) {
    const b = make("button", { type: "button" }), word = () => b.textContent = keys() ? "Switch keys off" : "Switch keys on";
    b.addEventListener("click", () => { localStorage.setItem("keys", keys() ? "off" : "on"); word(); }); word();
    note.after(make("p", {}, b));
  }
  let row = -1, go = 0;
  document.addEventListener("keydown", e => {
    const field = /INPUT|TEXTAREA|SELECT/.test(e.target.tagName);
    if (field && e.key === "Escape") return e.target.blur();
    if (field || !keys() || e.ctrlKey || e.metaKey || e.altKey) return;
    const place = { m: "/", e: "/environments", x: "/experiments", l: "/ledger" }[e.key];
    if (place && Date.now() - go < 1500) { location.href = place; return; }
    go = e.key === "g" ? Date.now() : 0;
    const rows = $("tbody tr").filter(r => r.querySelector("a"));
    if (e.key === "/") { const f = document.querySelector("main [type=search]") || document.getElementById("q"); if (f) { e.preventDefault(); f.focus(); } }
    else if ((e.key === "j" || e.key === "k") && rows.length) {
      row = Math.max(0, Math.min(rows.length - 1, row + (e.key === "j" ? 1 : -1)));
      rows.forEach((r, i) => r.toggleAttribute("data-at", i === row)); rows[row].querySelector("a").focus();
    }
    else if (e.key === "?") location.href = "/help/reading#keys";
    else if (e.key === "c") { const b = document.querySelector(".cmd button"); if (b) b.click(); }
  });
})();

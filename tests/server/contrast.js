// What axe's rule on contrast finds in texts of looks that it has not passed before, and the looks it now passed.
async ([within, passed]) => {
  const known = new Set(passed);
  const looks = new Map();

  const hasText = (element) =>
    element.matches("input, select, textarea") ||
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());

  const ground = (element) => {
    if (!element) return "";
    const { backgroundColor, backgroundImage, opacity } = getComputedStyle(element);
    const own = `${backgroundColor} ${backgroundImage} ${opacity}`;
    const below = ground(element.parentElement);
    return own === "rgba(0, 0, 0, 0) none 1" ? below : `${below}/${own}`;
  };

  // All that contrast is worked out from; what is disabled need not have any.
  const look = (element) => {
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(element);
    const disabled = Boolean(element.closest(":disabled, [aria-disabled], label"));
    return [element.tagName, disabled, color, fontSize, fontWeight, textShadow, ground(element)].join();
  };

  const root = within ? document.querySelector(within) : document.documentElement;
  for (const element of root.querySelectorAll("*")) {
    if (hasText(element) && element.checkVisibility({ visibilityProperty: true })) {
      const its = look(element);
      if (!known.has(its)) looks.set(element, its);
    }
  }
  if (!looks.size) return [[], []];
  const options = { runOnly: ["color-contrast"], resultTypes: ["violations", "passes"], elementRef: true };
  const { violations, passes } = await axe.run({ include: [...looks.keys()] }, options);
  const nodes = passes.flatMap((rule) => rule.nodes);
  const found = violations.flatMap((rule) => rule.nodes).map(({ target, failureSummary }) => ({ target, failureSummary }));
  return [[{ id: "color-contrast", nodes: found }], nodes.map(({ element }) => looks.get(element)).filter(Boolean)];
};

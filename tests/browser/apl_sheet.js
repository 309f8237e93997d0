// Draws many documents side by side: [[[name, document and data, at what time]], viewport, width in px].

([told, seen, whole]) => {
  const upright = seen.width <= seen.height;
  const columns = Math.round(whole / (upright ? 300 : 450));
  const scale = (whole / columns - 16) / seen.width;

  function cell([name, made, at]) {
    const drawn = draw(made, seen);
    drawn.at(at);
    const [place, frame] = ["div", "div"].map((kind) => document.createElement(kind));
    Object.assign(frame.style, {
      width: `${seen.width * scale}px`,
      height: `${seen.height * scale}px`,
      overflow: "hidden",
      borderRadius: seen.shape === "round" ? "50%" : "0",
    });
    Object.assign(drawn.element.style, { transform: `scale(${scale})`, transformOrigin: "0 0" });
    frame.append(drawn.element);
    place.append(name, frame);
    Object.assign(place.style, { padding: "4px 8px", fontSize: "14px", color: "#ddd" });
    return place;
  }

  const sheet = document.createElement("div");
  sheet.append(...told.map(cell));
  Object.assign(sheet.style, { display: "grid", gridTemplateColumns: `repeat(${columns}, 1fr)`, background: "#555" });
  document.body.replaceChildren(sheet);
  document.body.style.overflow = "visible";
}

// The flash as a map of its sectors.

import { byId, make, setText } from "/console/page.js";

const framesMax = 61;
const names = {
  live: "live", stale: "stale", ready: "ready", erased: "erased", bad: "bad",
};
let shown = [];

function makeCell() {
  const cell = make("li");
  const wear = make("div", "wear");
  wear.append(make("span"));
  cell.append(make("div", "fill"), wear);
  return cell;
}

function showCell(cell, sector, number) {
  const text = `Sector ${number}: ${names[sector.use]}, `
    + `${sector.live_frames} of ${sector.frames} frames count, erased ${sector.erases} times`;
  cell.className = `cell ${sector.use}`;
  cell.title = text;
  cell.setAttribute("aria-label", text);
  cell.querySelector(".fill").style.height =
    sector.use === "live" ? `${Math.max(8, (100 * sector.live_frames) / framesMax)}%` : "0";
  cell.querySelector(".wear span").textContent = sector.erases;
}

/** Shows them; what has changed lights up for a moment. */
export function showSectors(sectors) {
  const map = byId("sectors");
  while (map.children.length < sectors.length) {
    map.append(makeCell());
  }

  sectors.forEach((sector, number) => {
    const before = shown[number];
    if (JSON.stringify(before) !== JSON.stringify(sector)) {
      const cell = map.children[number];
      showCell(cell, sector, number);
      if (before) {
        void cell.offsetWidth;
        cell.classList.add("fresh");
      }
    }
  });
  shown = sectors;
  const counts = Object.keys(names)
    .map((use) => [sectors.filter((sector) => sector.use === use).length, use])
    .filter(([count]) => count > 0).map(([count, use]) => `${count} ${use}`);
  const erases = sectors.map((sector) => sector.erases);
  setText(byId("flash-text"), `${sectors.length} sectors of 4 KiB: ${counts.join(", ")}. `
    + `Erased ${Math.min(...erases)} to ${Math.max(...erases)} times.`);
}

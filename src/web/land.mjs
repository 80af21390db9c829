// Draws templates/land.part: metropolitan France, with the overseas departments in frames of their own, from Natural Earth's
// 1:10 million countries (public domain) as npm's world-atlas carries them:
//     npm i world-atlas@2.0.2 topojson-client@3.1.0 && node land.mjs DIR_WITH_NODE_MODULES > templates/land.part
// The projection and the frames are those of france_map.cpp.
import { createRequire } from "node:module";

const require = createRequire(`${process.argv[2]}/`);
const atlas = require("world-atlas/countries-10m.json");
const { feature } = require("topojson-client");

const metropole = { west: -5.3, north: 51.384, east: 9.81, south: 41.06, x: 0, y: 0, perLongitude: 21.18, perLatitude: 31.97 };
const frames = [
  { west: -61.86, north: 16.56, east: -60.96, south: 15.79, x: 4, y: 172 }, // Guadeloupe
  { west: -61.26, north: 14.92, east: -60.79, south: 14.36, x: 40, y: 172 }, // Martinique
  { west: -54.7, north: 5.85, east: -51.55, south: 2.05, x: 4, y: 214 }, // Guyane
  { west: 55.15, north: -20.82, east: 55.9, south: -21.45, x: 40, y: 214 }, // La Réunion
  { west: 44.97, north: -12.58, east: 45.36, south: -13.06, x: 4, y: 256 }, // Mayotte
].map((frame) => {
  const side = 32, cosine = Math.cos(((frame.north + frame.south) / 2) * (Math.PI / 180));
  const perLatitude = Math.min(side / (frame.north - frame.south), side / ((frame.east - frame.west) * cosine));
  return { ...frame, side, perLatitude, perLongitude: perLatitude * cosine };
});

const project = (area) => ([longitude, latitude]) => [
  area.x + (longitude - area.west) * area.perLongitude, area.y + (area.north - latitude) * area.perLatitude];

// Ramer–Douglas–Peucker: what lies within `tolerance` of the line that goes without it is left out.
function simplified(points, tolerance) {
  const [first, last] = [points[0], points.at(-1)];
  let farthest = 0, at = 0;
  const [dx, dy] = [last[0] - first[0], last[1] - first[1]], length = Math.hypot(dx, dy);
  points.forEach(([x, y], i) => {
    const away = length === 0 ? Math.hypot(x - first[0], y - first[1]) : Math.abs(dy * (x - first[0]) - dx * (y - first[1])) / length;
    if (away > farthest) [farthest, at] = [away, i];
  });
  if (farthest <= tolerance) return [first, last];
  return [...simplified(points.slice(0, at + 1), tolerance).slice(0, -1), ...simplified(points.slice(at), tolerance)];
}

const area = (ring) => Math.abs(ring.reduce((sum, [x, y], i) => {
  const [x2, y2] = ring[(i + 1) % ring.length];
  return sum + x * y2 - x2 * y;
}, 0)) / 2;

// Relative moves, a tenth of a unit: half the bytes of absolute ones.
function path(ring) {
  const tenths = ring.map((point) => point.map((value) => Math.round(value * 10)));
  let [x, y] = tenths[0];
  const moves = tenths.slice(1, -1).map(([toX, toY]) => {
    const [dx, dy] = [toX - x, toY - y];
    [x, y] = [toX, toY];
    return `${dx / 10}${dy < 0 ? "" : " "}${dy / 10}`;
  });
  return `M${tenths[0][0] / 10} ${tenths[0][1] / 10}l${moves.join(" ").replaceAll(" -", "-")}Z`.replace(/(?<!\d)0\./g, ".");
}

const france = feature(atlas, atlas.objects.countries).features.find(({ id }) => id === "250");
const rings = france.geometry.coordinates.map(([outer]) => outer);
const inside = (frame) => (ring) => ring.every(([longitude, latitude]) =>
  longitude >= frame.west && longitude <= frame.east && latitude >= frame.south && latitude <= frame.north);
const drawn = (frame, tolerance, least) => rings.filter(inside(frame)).map((ring) => ring.map(project(frame)))
  .filter((ring) => area(ring) >= least).map((ring) => path(simplified(ring, tolerance))).join("");

const outlines = drawn(metropole, 0.7, 2) + frames.map((frame) => drawn(frame, 0.5, 2)).join("");
const borders = frames.map(({ x, y, side }) => `M${x - 2} ${y - 2}h${side + 4}v${side + 4}h-${side + 4}Z`).join("");
process.stdout.write(`<path class="land" d="${outlines}"/><path class="frames" d="${borders}"/>`);

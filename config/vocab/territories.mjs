// Makes countries.tsv, departements.tsv, epci.tsv, communes.tsv and former_communes.tsv of this folder from npm packages.
// usage: npm install --no-save --prefix DIR @etalab/decoupage-administratif@6.0.0 @rapideditor/country-coder@5.6.1 world-countries@5.1.0
//        node config/vocab/territories.mjs DIR
// What the packages do not hold (groups of countries, former regions, codes of other registers) stands in territories.tsv and
// territory_ids.tsv, which are kept by hand.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const modules = join(process.argv[2], 'node_modules');
const here = dirname(fileURLToPath(import.meta.url));
const read = (...path) => JSON.parse(readFileSync(join(modules, ...path), 'utf8'));
const of = (name) => `${name}@${read(name, 'package.json').version}`;

// `word` is what the column "source" of every row says of `source`.
function write(file, word, source, columns, rows) {
  const head = `# Made by territories.mjs from ${source}. Source: "${word}" the row of that package\n# ${columns.join('\t')}\tsource\n`;
  writeFileSync(join(here, file), head + rows.map((row) => `${row.join('\t')}\t${word}\n`).join(''));
}

// France: INSEE's Code officiel géographique and the DGCL's list of EPCI.
const cog = '@etalab/decoupage-administratif';
const data = (name) => read(cog, 'data', `${name}.json`);
const [communes, epci, departements, regions] = ['communes', 'epci', 'departements', 'regions'].map(data);
const insee = `npm ${of(cog)} (INSEE, Code officiel géographique; DGCL, liste des EPCI)`;
const columns = ['key', 'name_fr', 'name_en', 'within', 'box', 'other_names'];

const zones = { metro: 'country-subset:fr:metro', drom: 'country-subset:fr:drom', com: 'country-subset:fr:dromcom' };
const overseas = (row) => row.zone === 'com';
const departement_key = (code) => {
  const row = departements.find((each) => each.code === code);
  return overseas(row) ? `fr:collectivite:${code}` : `fr:departement:${code}`;
};
write('departements.tsv', 'cog', insee, columns, [
  ...regions.filter((row) => !overseas(row)).map((row) => [`fr:region:${row.code}`, row.nom, '', zones[row.zone], '', '']),
  ...departements.map((row) => overseas(row) ? [departement_key(row.code), row.nom, '', zones.com, '', '']
                                             : [departement_key(row.code), row.nom, '', `fr:region:${row.region}`, '', '']),
]);

// An EPCI lies within its département, its région where it spans several, or France.
const current = new Map(communes.filter((row) => row.type === 'commune-actuelle').map((row) => [row.code, row]));
const epci_of = new Map();
const one = (values) => (new Set(values).size === 1 ? values[0] : undefined);
write('epci.tsv', 'cog', insee, ['siren', 'name', 'type', 'within', 'population'], epci.map((row) => {
  const members = row.membres.map((member) => current.get(member.code)).filter(Boolean);
  for (const member of members) epci_of.set(member.code, row.code);
  const departement = one(members.map((member) => member.departement));
  const region = one(members.map((member) => member.region));
  const within = departement ? departement_key(departement) : region ? `fr:region:${region}` : 'country:fr';
  return [row.code, row.nom, row.type, within, row.populationMunicipale ?? 0];
}));

const codes = ['code', 'name', 'departement', 'commune', 'epci', 'siren', 'population'];
write('communes.tsv', 'cog', `${insee}; a municipal arrondissement names its commune`, codes, [
  ...[...current.values()].map((row) => [row.code, row.nom, departement_key(row.departement), '', epci_of.get(row.code) ?? '',
                                         row.siren ?? '', row.population ?? 0]),
  ...communes.filter((row) => row.type === 'arrondissement-municipal')
    .map((row) => [row.code, row.nom, departement_key(row.departement), row.commune, '', '', row.population ?? 0]),
]);
write('former_communes.tsv', 'cog', insee, ['code', 'name', 'commune'], communes
  .filter((row) => /deleguee|associee/.test(row.type) && !current.has(row.code)).map((row) => [row.code, row.nom, row.chefLieu]));

// Countries. What has a code of its own and belongs to France is one of its territories above.
const borders = read('@rapideditor/country-coder', 'src/data/borders.json').features;
const names = new Map(read('world-countries', 'countries.json').map((row) => [row.cca2, row]));
const continents = { Europe: 'europe', Africa: 'africa', Americas: 'americas', Asia: 'asia', Oceania: 'oceania', Antarctic: 'antarctica' };
const in_union = (code) => borders.some(({ properties: row }) => (row.iso1A2 === code || row.country === code) && row.level !== 'subterritory' &&
                                        row.groups?.includes('EU') && !['GB', 'UK'].includes(code));
function box(feature) {
  if (!feature?.geometry) return '';
  const points = feature.geometry.coordinates.flat(2);
  const longitudes = points.map(([x]) => x), latitudes = points.map(([, y]) => y);
  const edges = [Math.min(...longitudes), Math.min(...latitudes), Math.max(...longitudes), Math.max(...latitudes)];
  return edges[2] - edges[0] > 180 ? '' : edges.map((edge) => edge.toFixed(2)).join(',');
}
const countries = borders.filter(({ properties: row }) => row.iso1A2 && row.country !== 'FR' && names.has(row.iso1A2));
write('countries.tsv', 'iso3166', `npm ${of('@rapideditor/country-coder')} (ISO 3166-1, borders of OpenStreetMap) and ${of('world-countries')} (names, continents)`,
  columns, countries.map((feature) => {
    const code = feature.properties.iso1A2, row = names.get(code);
    const within = [`country-group:${continents[row.region]}`, ...(in_union(code) ? ['country-group:ue'] : [])];
    const others = [row.name.official, row.translations.fra?.official, row.translations.deu?.common, row.translations.ita?.common,
                    row.translations.spa?.common, row.translations.nld?.common, ...Object.values(row.name.native ?? {}).map((name) => name.common)];
    const fr = row.translations.fra?.common ?? row.name.common;
    const distinct = [...new Set(others)].filter((name) => name && ![fr, row.name.common].includes(name));
    return [`country:${code.toLowerCase()}`, fr, row.name.common, within.join(';'), box(feature), distinct.join(';')];
  }).sort(([a], [b]) => (a < b ? -1 : 1)));

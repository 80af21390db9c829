#include "core/text.h"
#include "core/word_table.h"
#include "dcat/embedded.h"
#include "dcat/vocabulary.h"
#include "dcat/vocabulary_tables.h"

#include <algorithm>
#include <array>
#include <deque>
#include <string>

namespace moisson::dcat {
namespace {

enum Column : std::size_t { key, label, family, media_type, eu, aliases, source, columns };

const WordTable& table() {
  static const WordTable made(embedded("formats.tsv"), columns, {key, label, media_type, eu, aliases});
  return made;
}

const std::vector<Format>& formats() {
  static const auto made = [] {
    std::vector<Format> all;
    static std::deque<std::string> addresses;
    for (const auto& row : table().rows()) {
      const auto code = row[eu].substr(0, row[eu].find(';'));
      std::string_view iri;
      if (!code.empty())
        iri = addresses.emplace_back("http://publications.europa.eu/resource/authority/file-type/" + std::string(code));
      all.push_back({row[key], row[label], row[family], row[media_type], iri});
    }
    return all;
  }();
  return made;
}

const Format* find(std::string_view word) {
  const auto row = table().find(word);
  return row ? &formats()[*row] : nullptr;
}

// What wraps a file says less than the file: "csv.gz" is CSV, "zip (shp)" a Shapefile.
bool is_wrapper(const Format& format) {
  static constexpr std::array<std::string_view, 7> wrappers = {"zip", "gz", "7z", "tar", "bz2", "xz", "rar"};
  return std::find(wrappers.begin(), wrappers.end(), format.key) != wrappers.end();
}

// The first word known of "SHP/SHAPE/ArcView Shape", "www:download:geopackage", "zip (csv utf8)".
const Format* find_part(std::string_view spelled) {
  constexpr std::size_t longest_read = 200;
  spelled = cut(spelled, longest_read);
  const Format* wrapper = nullptr;
  while (!spelled.empty()) {
    const auto end = std::min(spelled.find_first_of(" /;,:()[]|._+&"), spelled.size());
    const Format* found = find(spelled.substr(0, end));
    if (found != nullptr && !is_wrapper(*found)) return found;
    if (wrapper == nullptr) wrapper = found;
    spelled.remove_prefix(std::min(end + 1, spelled.size()));
  }
  return wrapper;
}

const Format* find_label(std::string_view spelled) {
  spelled = trim(spelled);
  // Media types may carry parameters: text/csv;charset=utf-8.
  if (const auto semicolon = spelled.find(';'); semicolon != std::string_view::npos && spelled.find('/') < semicolon)
    if (const Format* found = find(spelled.substr(0, semicolon))) return found;
  // Types in the file system of a portal's own server: file:///srv/udata/ftype/geojson.
  if (spelled.starts_with("file:"))
    spelled.remove_prefix(spelled.rfind('/') == std::string_view::npos ? 0 : spelled.rfind('/') + 1);
  if (const Format* whole = find(spelled)) return whole;
  // "esri shapefile (shp)", "Adobe Portable Document Format (PDF)"
  if (const auto open = spelled.find('('); open != std::string_view::npos) {
    const auto inside = spelled.substr(open + 1, spelled.find(')', open) - open - 1);
    const Format* found = find(inside);
    if (found == nullptr || is_wrapper(*found))
      if (const Format* before = find(spelled.substr(0, open))) return before;
    if (found != nullptr) return found;
  }
  // ISO 19139 protocols: "WWW:DOWNLOAD-1.0-http--download" says how to reach a file, not what it is.
  if (spelled.size() >= 12 && iequals_ascii(spelled.substr(0, 12), "www:download"))
    return spelled.size() > 13 && spelled[12] == ':' ? find_part(spelled.substr(13)) : nullptr;
  return find_part(spelled);
}

const Format* find_iri(std::string_view iri) {
  if (const Format* whole = find(iri)) return whole;
  // http://www.iana.org/assignments/media-types/text/csv and its kin: the type is the last two segments.
  static constexpr std::string_view media_types = "/media-types/";
  if (const auto at = iri.find(media_types); at != std::string_view::npos) {
    if (const Format* found = find(iri.substr(at + media_types.size()))) return found;
  }
  const auto slash = iri.find_last_of("/#");
  return find(slash == std::string_view::npos ? iri : iri.substr(slash + 1));
}

// The extension of the last segment of a URL's path, or the OGC service that its query asks for.
const Format* find_url(std::string_view url) {
  url = url.substr(0, url.find('#'));
  const auto mark = url.find('?');
  if (mark != std::string_view::npos) {
    for (const auto parameter : split(url.substr(mark + 1), '&')) {
      const auto equals = parameter.find('=');
      if (equals == std::string_view::npos) continue;
      if (iequals_ascii(parameter.substr(0, equals), "service")) return find(parameter.substr(equals + 1));
    }
    url = url.substr(0, mark);
  }
  const auto authority = url.find("//");
  const auto slash = url.rfind('/');
  if (authority == std::string_view::npos || slash <= authority + 1) return nullptr;  // the host's own dots
  const auto name = url.substr(slash + 1);
  const auto dot = name.rfind('.');
  if (dot == std::string_view::npos || name.size() - dot > 9) return nullptr;
  const Format* found = find(name.substr(dot + 1));
  if (found == nullptr || !is_wrapper(*found)) return found;
  // lines.csv.gz, parcels.shp.zip
  const auto inner = name.substr(0, dot).rfind('.');
  const Format* wrapped = inner == std::string_view::npos ? nullptr : find(name.substr(inner + 1, dot - inner - 1));
  return wrapped == nullptr ? found : wrapped;
}

}  // namespace

const Format* format(const Concept& stated) {
  if (const Format* found = stated.iri.empty() ? nullptr : find_iri(stated.iri)) return found;
  for (const auto& words : stated.label)
    if (const Format* found = find_label(words.value)) return found;
  return nullptr;
}

const Format* format_of(const Distribution& distribution) {
  for (const auto* stated : {&distribution.format, &distribution.media_type})
    if (stated->has_value())
      if (const Format* found = format(**stated)) return found;
  for (const auto* urls : {&distribution.download_url, &distribution.access_url})
    for (const auto& url : *urls)
      if (const Format* found = find_url(url.value)) return found;
  return nullptr;
}

std::span<const Format> all_formats() { return formats(); }

std::span<const Term> all_format_families() {
  static constexpr std::array<Term, 5> families = {{
      {"tabular", "Tableau", "Tabular"},
      {"geographic", "Géographique", "Geographic"},
      {"machine_readable", "Lisible par machine", "Machine readable"},
      {"document", "Document", "Document"},
      {"other", "Autre", "Other"},
  }};
  return families;
}

}  // namespace moisson::dcat

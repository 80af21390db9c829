#include "rdf/geometry.h"

#include "core/text.h"
#include "rdf/degrees_box.h"
#include "rdf/gml.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace moisson::rdf {
namespace {

constexpr std::size_t max_geometry_bytes = std::size_t{1} << 20;
constexpr std::array wkt_words{"point",        "linestring",         "polygon", "multipoint", "multilinestring",
                               "multipolygon", "geometrycollection", "envelope"};

std::string_view wkt_word(std::string_view text) {
  const auto end = text.find_first_of(" (\t\n");
  return text.substr(0, end);
}

bool is_wkt(std::string_view text) {
  const std::string word = lower_ascii(wkt_word(text));
  return std::find(wkt_words.begin(), wkt_words.end(), word) != wkt_words.end();
}

// "<http://www.opengis.net/def/crs/EPSG/0/4326> POLYGON…" or "SRID=4326;POLYGON…": false where the CRS is not degrees.
bool strip_crs(std::string_view& text, bool& latitude_first) {
  latitude_first = false;
  std::string_view crs;
  if (text.starts_with("<")) {
    const auto close = text.find('>');
    if (close == text.npos) return false;
    crs = text.substr(1, close - 1);
    text = trim(text.substr(close + 1));
    latitude_first = crs.ends_with("/4326") || crs.ends_with("/4258");
  } else if (text.size() > 5 && iequals_ascii(text.substr(0, 5), "srid=")) {
    const auto semicolon = text.find(';');
    if (semicolon == text.npos) return false;
    crs = text.substr(0, semicolon);
    text = trim(text.substr(semicolon + 1));
  } else {
    return true;
  }
  return crs.ends_with("4326") || crs.ends_with("4258") || crs.ends_with("CRS84") || crs.ends_with("84");
}

std::optional<dcat::BoundingBox> wkt_bounds(std::string_view text) {
  bool latitude_first = false;
  if (!strip_crs(text, latitude_first) || !is_wkt(text)) return std::nullopt;
  const bool envelope = iequals_ascii(wkt_word(text), "envelope");  // (west, east, north, south), OGC CQL
  DegreesBox box;
  std::array<double, 4> tuple{};
  std::size_t count = 0;
  const auto flush = [&] {
    if (count >= 2) box.add(tuple[latitude_first ? 1 : 0], tuple[latitude_first ? 0 : 1]);
    count = 0;
  };
  const char* end = text.data() + text.size();
  for (const char* at = text.data() + wkt_word(text).size(); at < end;) {
    double value = 0;
    const auto [next, error] = std::from_chars(*at == '+' ? at + 1 : at, end, value);
    if (error == std::errc()) {
      if (!std::isfinite(value)) return std::nullopt;
      if (count < tuple.size()) tuple[count] = value;
      ++count;
      at = next;
      continue;
    }
    if ((*at == ',' && !envelope) || *at == ')') {
      if (envelope && count == 4) {
        box.add(tuple[0], tuple[3]);
        box.add(tuple[1], tuple[2]);
        count = 0;
      } else {
        flush();
      }
    }
    ++at;
  }
  return box.degrees();
}

// GeoJSON positions are the innermost arrays (RFC 7946 §3.1.1); a member "bbox" is read like one, corner by corner.
std::optional<dcat::BoundingBox> geojson_bounds(std::string_view text) {
  const auto coordinates = text.find("\"coordinates\"");
  if (coordinates == text.npos) return std::nullopt;
  DegreesBox box;
  std::array<double, 2> position{};
  std::size_t count = 0;
  const char* end = text.data() + text.size();
  for (const char* at = text.data() + coordinates + 13; at < end;) {
    if (*at == '"') {  // a further member: only more coordinates matter
      const std::string_view rest(at, static_cast<std::size_t>(end - at));
      const auto more = rest.find("\"coordinates\"");
      if (more == rest.npos) break;
      at += more + 13;
      continue;
    }
    double value = 0;
    const auto [next, error] = std::from_chars(at, end, value);
    if (error == std::errc()) {
      if (!std::isfinite(value)) return std::nullopt;
      if (count < 2) position[count] = value;
      ++count;
      at = next;
      continue;
    }
    if (*at == ']') {
      if (count >= 2) box.add(position[0], position[1]);
      count = 0;
    }
    ++at;
  }
  return box.degrees();
}

}  // namespace

std::optional<GeometryNotation> geometry_notation(std::string_view text) {
  using enum GeometryNotation;
  text = trim(text);
  if (text.starts_with("{")) return text.find("\"coordinates\"") == text.npos ? std::nullopt : std::optional(geojson);
  if (is_gml(text)) return gml;
  bool latitude_first = false;
  strip_crs(text, latitude_first);
  return is_wkt(text) && text.find('(') != text.npos ? std::optional(wkt) : std::nullopt;
}

std::optional<dcat::BoundingBox> bounds(std::string_view geometry) {
  geometry = trim(geometry);
  if (geometry.size() > max_geometry_bytes) return std::nullopt;
  if (geometry.starts_with("{")) return geojson_bounds(geometry);
  if (!is_gml(geometry)) return wkt_bounds(geometry);
  const auto box = gml_bounds(geometry);
  return box ? std::optional(*box) : std::nullopt;
}

std::string to_wkt(const dcat::BoundingBox& box) {
  const auto number = [](double value) {
    char text[32];
    const auto [end, error] = std::to_chars(text, text + sizeof text, value);
    return std::string(text, end);
  };
  const std::string w = number(box.west), s = number(box.south), e = number(box.east), n = number(box.north);
  return "POLYGON((" + w + " " + n + "," + e + " " + n + "," + e + " " + s + "," + w + " " + s + "," + w + " " + n +
         "))";
}

}  // namespace moisson::rdf

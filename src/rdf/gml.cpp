#include "rdf/gml.h"

#include "core/text.h"
#include "core/xml.h"
#include "rdf/degrees_box.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace moisson::rdf {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t max_bytes = std::size_t{1} << 20;
constexpr xml::Limits limits{.depth = 64, .text_bytes = max_bytes, .entity_bytes = 1'024};
constexpr std::string_view gml_namespace = "http://www.opengis.net/gml";  // GML 3.2 adds /3.2

constexpr std::array geometries{"Envelope"sv,
                                "Box"sv,
                                "Point"sv,
                                "LineString"sv,
                                "LinearRing"sv,
                                "Curve"sv,
                                "CompositeCurve"sv,
                                "OrientableCurve"sv,
                                "Polygon"sv,
                                "Surface"sv,
                                "CompositeSurface"sv,
                                "OrientableSurface"sv,
                                "PolyhedralSurface"sv,
                                "MultiPoint"sv,
                                "MultiLineString"sv,
                                "MultiCurve"sv,
                                "MultiPolygon"sv,
                                "MultiSurface"sv,
                                "MultiGeometry"sv};

// Whose box is that of the positions it is given by.
constexpr std::array straight{"Envelope"sv, "Box"sv, "Point"sv, "LineString"sv, "LinearRing"sv, "LineStringSegment"sv};

template <class Names>
bool among(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_gml(const xml::Name& name) { return name.ns.empty() || name.ns.starts_with(gml_namespace); }

std::string_view attribute(const std::vector<xml::Attribute>& attributes, std::string_view name) {
  for (const auto& each : attributes)
    if (each.name.local == name) return each.value;
  return {};
}

enum class AxisOrder { longitude_first, latitude_first };

// Nothing: not degrees.
std::optional<AxisOrder> axis_order(std::string_view crs) {
  if (crs.empty() || crs.ends_with("CRS84") || crs.ends_with("CRS:84")) return AxisOrder::longitude_first;
  if (!crs.ends_with("4326") && !crs.ends_with("4258")) return std::nullopt;
  const std::string_view before = crs.substr(0, crs.size() - 4);
  if (!before.empty() && before.back() >= '0' && before.back() <= '9') return std::nullopt;
  const bool defined = before.starts_with("urn:ogc:def:crs:EPSG:") || before.starts_with("urn:x-ogc:def:crs:EPSG:") ||
                       before.starts_with("http://www.opengis.net/def/crs/EPSG/") ||
                       before.starts_with("https://www.opengis.net/def/crs/EPSG/");
  return defined ? AxisOrder::latitude_first : AxisOrder::longitude_first;
}

Error unfit(std::string_view what) {
  return {ErrorCode::invalid_input, "the coordinates of the GML do not fit: " + std::string(what), "", ""};
}

// What an element passes on to those inside.
struct Frame {
  std::string name;
  std::string crs;
  std::size_t dimension = 0;  // 0: not said
};

class Reader final : public xml::Handler {
 public:
  Result<void> start_element(const xml::Name& name, const std::vector<xml::Attribute>& attributes,
                             const std::vector<xml::NamespaceDeclaration>&) override {
    Frame frame{std::string(is_gml(name) ? name.local : ""), "", 0};
    if (!frames_.empty()) {
      frame.crs = frames_.back().crs;
      frame.dimension = frames_.back().dimension;
    }
    if (const auto crs = trim(attribute(attributes, "srsName")); !crs.empty()) frame.crs = crs;
    for (const std::string_view said : {"srsDimension", "dimension"}) {
      if (const auto text = attribute(attributes, said); !text.empty()) {
        if (text != "2" && text != "3") return unfit("they have neither two nor three dimensions");
        frame.dimension = text == "2" ? 2 : 3;
      }
    }
    if (frame.name == "coordinates") {
      for (const auto& [separator, usual] : {std::pair("decimal", "."), {"cs", ","}, {"ts", " "}})
        if (const auto text = attribute(attributes, separator); !text.empty() && text != usual)
          return Error{ErrorCode::unsupported, "the GML separates its coordinates in a way of its own", "", ""};
    }
    frames_.push_back(std::move(frame));
    text_.clear();
    return {};
  }

  Result<void> end_element(const xml::Name&) override {
    const Frame frame = std::move(frames_.back());
    frames_.pop_back();
    const std::string text = std::move(text_);
    text_.clear();
    if (frame.name == "X" || frame.name == "Y") return add_ordinate(frame, text);  // GML 2
    const bool one = frame.name == "pos" || frame.name == "lowerCorner" || frame.name == "upperCorner";
    const bool tuples = frame.name == "coordinates";
    if (!one && !tuples && frame.name != "posList" && frame.name != "coord") return {};
    const std::string_view shape = frames_.empty() ? std::string_view() : std::string_view(frames_.back().name);
    if (!among(straight, shape))
      return Error{ErrorCode::unsupported, "the GML has coordinates in <" + shorten(shape, 60) + ">, which is not read",
                   "", ""};
    if (frame.name == "coord") return add(frame, std::exchange(ordinates_, {}));
    if (tuples) {
      for (std::string_view rest = trim(text); !rest.empty();) {
        const auto end = std::min(rest.find_first_of(" \t\r\n"), rest.size());
        auto position = numbers(rest.substr(0, end), ',');
        if (!position) return position.error();
        if (auto added = add(frame, *position); !added) return added;
        rest = trim(rest.substr(end));
      }
      return {};
    }
    auto all = numbers(text, ' ');
    if (!all) return all.error();
    if (one) return add(frame, *all);
    const std::size_t dimension = frame.dimension == 0 ? 2 : frame.dimension;
    if (all->size() % dimension != 0) return unfit("a list does not hold whole positions");
    for (std::size_t at = 0; at < all->size(); at += dimension)
      if (auto added = add(frame, std::span(*all).subspan(at, dimension)); !added) return added;
    return {};
  }

  Result<void> characters(std::string_view text) override {
    text_ += text;
    return {};
  }

  const DegreesBox& box() const { return box_; }

 private:
  static Result<std::vector<double>> numbers(std::string_view text, char separator) {
    std::vector<double> all;
    const char* at = text.data();
    for (const char* const end = at + text.size();;) {
      while (at != end && (is_space(*at) || (*at == separator && !all.empty()))) ++at;
      if (at == end) return all;
      double value = 0;
      const auto [next, error] = std::from_chars(*at == '+' ? at + 1 : at, end, value);
      if (error != std::errc() || !std::isfinite(value) || (next != end && !is_space(*next) && *next != separator))
        return unfit("not a number: \"" + shorten(text, 60) + "\"");
      all.push_back(value);
      at = next;
    }
  }
  static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

  Result<void> add_ordinate(const Frame& frame, std::string_view text) {
    auto value = numbers(text, ' ');
    if (!value) return value.error();
    if (value->size() != 1 || ordinates_.size() != (frame.name == "X" ? 0 : 1))
      return unfit("X and Y are not one each");
    ordinates_.push_back(value->front());
    return {};
  }

  Result<void> add(const Frame& frame, std::span<const double> position) {
    if (position.size() < 2 || position.size() > 3) return unfit("a position has two or three numbers");
    const auto order = axis_order(frame.crs);
    if (!order)
      return Error{ErrorCode::unsupported, "the GML is in another CRS than WGS 84: " + shorten(frame.crs, 100), "", ""};
    const bool latitude_first = *order == AxisOrder::latitude_first;
    box_.add(position[latitude_first ? 1 : 0], position[latitude_first ? 0 : 1]);
    return {};
  }

  std::vector<Frame> frames_;
  std::string text_;  // of the innermost element
  std::vector<double> ordinates_;
  DegreesBox box_;
};

}  // namespace

bool is_gml(std::string_view text) {
  text = trim(text);
  if (text.starts_with("<?xml")) text = trim(text.substr(std::min(text.find("?>"), text.size() - 2) + 2));
  if (!text.starts_with('<')) return false;
  text = text.substr(1, text.find_first_of(" \t\r\n/>") - 1);
  if (const auto colon = text.find(':'); colon != text.npos) text = text.substr(colon + 1);
  return among(geometries, text);
}

Result<dcat::BoundingBox> gml_bounds(std::string_view text) {
  if (text.size() > max_bytes) return Error{ErrorCode::too_large, "the GML is larger than 1 MiB", "", ""};
  if (!is_gml(text)) return Error{ErrorCode::invalid_input, "no geometry of GML", "", ""};
  Reader reader;
  xml::Parser parser(reader, limits);
  if (auto fed = parser.feed(trim(text)); !fed) return fed.error();
  if (auto ended = parser.finish(); !ended) return ended.error();
  if (auto box = reader.box().degrees()) return *box;
  return unfit("there are none, or they are not degrees");
}

}  // namespace moisson::rdf

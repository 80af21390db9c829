#include "rdf/record_writer.h"

#include <moisson/dcat/properties.h>

#include "core/text.h"
#include "core/url.h"
#include "rdf/geometry.h"

#include <algorithm>
#include <charconv>

namespace moisson::rdf {
namespace {

using namespace std::string_view_literals;

constexpr auto rdf_type = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"sv;
constexpr auto pref_label = "http://www.w3.org/2004/02/skos/core#prefLabel"sv;
constexpr auto notation = "http://www.w3.org/2004/02/skos/core#notation"sv;
constexpr auto exact_match = "http://www.w3.org/2004/02/skos/core#exactMatch"sv;
constexpr auto adms_identifier = "http://www.w3.org/ns/adms#identifier"sv;
constexpr auto adms_identifier_class = "http://www.w3.org/ns/adms#Identifier"sv;
constexpr auto rights = "http://purl.org/dc/terms/rights"sv;
constexpr auto source = "http://purl.org/dc/terms/source"sv;
constexpr auto derived_from = "http://www.w3.org/ns/prov#wasDerivedFrom"sv;
constexpr auto provenance = "http://purl.org/dc/terms/provenance"sv;
constexpr auto rdfs_label = "http://www.w3.org/2000/01/rdf-schema#label"sv;
constexpr auto geometry = "http://www.w3.org/ns/locn#geometry"sv;
constexpr auto as_wkt = "http://www.opengis.net/ont/geosparql#asWKT"sv;
constexpr auto as_geojson = "http://www.opengis.net/ont/geosparql#asGeoJSON"sv;
constexpr auto as_gml = "http://www.opengis.net/ont/geosparql#asGML"sv;
constexpr auto rdf_value = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"sv;
constexpr auto wkt_literal = "http://www.opengis.net/ont/geosparql#wktLiteral"sv;
constexpr auto gml_literal = "http://www.opengis.net/ont/geosparql#gmlLiteral"sv;
constexpr auto geojson_literal = "https://www.iana.org/assignments/media-types/application/vnd.geo+json"sv;

// Strings that are not plain literals in RDF: as an IRI with this in front, or with this datatype of XSD.
struct Spelling {
  std::string_view property;
  std::string_view iri_prefix;
  std::string_view datatype;
};
constexpr Spelling spellings[] = {
    {"http://xmlns.com/foaf/0.1/mbox", "mailto:", ""},
    {"http://xmlns.com/foaf/0.1/homepage", "", ""},
    {"http://www.w3.org/2006/vcard/ns#hasEmail", "mailto:", ""},
    {"http://www.w3.org/2006/vcard/ns#hasURL", "", ""},
    {"http://www.w3.org/2006/vcard/ns#hasTelephone", "tel:", ""},
    {"http://spdx.org/rdf/terms#algorithm", "http://spdx.org/rdf/terms#checksumAlgorithm_", ""},
    {"http://spdx.org/rdf/terms#checksumValue", "", "hexBinary"},
    {"http://www.w3.org/ns/dcat#temporalResolution", "", "duration"},
};

std::string xsd(std::string_view name) { return std::string(dcat::ns::xsd).append(name); }

// One writer of values: an overload a type, as ValueReader has them.
class ValueWriter {
 public:
  ValueWriter(TripleSink& sink, const std::string& blank_prefix, std::uint64_t& blanks)
      : sink_(sink), blank_prefix_(blank_prefix), blanks_(blanks) {}

  template <class Class>
  void properties(const TermView& subject, const Class& value) {
    if constexpr (!dcat::class_iri<Class>.empty()) give(subject, rdf_type, iri(dcat::class_iri<Class>));
    dcat::for_each_property<Class>([&](const auto& property) {
      if (!property.iri.empty()) write(subject, property.iri, value.*property.member);
    });
  }

  Result<void> result() const { return result_; }

 private:
  void give(const TermView& subject, std::string_view predicate, const TermView& object) {
    if (result_) result_ = sink_.triple(subject, iri(predicate), object);
  }

  std::string new_blank() { return blank_prefix_ + std::to_string(++blanks_); }

  template <class Value>
  void write(const TermView& subject, std::string_view predicate, const std::vector<Value>& values) {
    for (const Value& value : values) write(subject, predicate, value);
  }
  template <class Value>
  void write(const TermView& subject, std::string_view predicate, const std::optional<Value>& value) {
    if (value) write(subject, predicate, *value);
  }

  // A value with properties of its own: under its IRI, or in a blank node.
  template <class Class>
  void node(const TermView& subject, std::string_view predicate, std::string_view node_iri, const Class& value) {
    const std::string label = node_iri.empty() ? new_blank() : std::string();
    const TermView object = node_iri.empty() ? blank(label) : iri(node_iri);
    give(subject, predicate, object);
    properties(object, value);
  }

  void write(const TermView& subject, std::string_view predicate, const LangString& value) {
    give(subject, predicate, literal(value.value, {}, value.language));
  }

  // A statement (dct:RightsStatement, dct:ProvenanceStatement) is a node: an address, or a text in its languages.
  void write(const TermView& subject, std::string_view predicate, const LangStrings& values) {
    const bool statement = predicate == rights || predicate == provenance;
    std::string label;
    for (const LangString& value : values) {
      if (!statement) {
        write(subject, predicate, value);
      } else if (value.language.empty() && is_web_url(value.value) && is_iri(value.value)) {
        give(subject, predicate, iri(value.value));
      } else {
        if (label.empty()) give(subject, predicate, blank(label = new_blank()));
        give(blank(label), rdfs_label, literal(value.value, {}, value.language));
      }
    }
  }

  void write(const TermView& subject, std::string_view predicate, const std::string& value) {
    if (value.empty()) return;
    if (predicate == geometry) {
      const std::string label = new_blank();
      give(subject, predicate, blank(label));
      const auto written = geometry_notation(value);
      if (written == GeometryNotation::wkt) return give(blank(label), as_wkt, literal(value, wkt_literal));
      if (written == GeometryNotation::geojson) return give(blank(label), as_geojson, literal(value, geojson_literal));
      if (written == GeometryNotation::gml) return give(blank(label), as_gml, literal(value, gml_literal));
      return give(blank(label), rdf_value, literal(value));
    }
    if (predicate == adms_identifier) {
      const std::string label = new_blank();
      give(subject, predicate, blank(label));
      give(blank(label), rdf_type, iri(adms_identifier_class));
      return give(blank(label), notation, literal(value));
    }
    for (const Spelling& row : spellings) {
      if (row.property != predicate) continue;
      if (!row.datatype.empty()) return give(subject, predicate, literal(value, xsd(row.datatype)));
      const std::string text = std::string(row.iri_prefix) + value;
      // What makes no IRI stays a literal, and reads back as it was.
      if (is_iri(text)) return give(subject, predicate, iri(text));
    }
    give(subject, predicate, literal(value));
  }

  // dct:source is a data set that the same document describes (DCAT-AP 3.0); an address alone is what it was derived from.
  void write(const TermView& subject, std::string_view predicate, const dcat::Iri& value) {
    give(subject, predicate == source ? derived_from : predicate, iri(value.value));
  }

  void write(const TermView& subject, std::string_view predicate, const dcat::Concept& value) {
    const std::string label = value.iri.empty() ? new_blank() : std::string();
    const TermView object = value.iri.empty() ? blank(label) : iri(value.iri);
    give(subject, predicate, object);
    // The words that we concluded a term from are one record's, and the term's node is everybody's on the page.
    if (!value.guessed) write(object, pref_label, value.label);
  }

  void write(const TermView& subject, std::string_view predicate, const dcat::Agent& value) {
    node(subject, predicate, value.iri, value);
  }
  void write(const TermView& subject, std::string_view predicate, const dcat::ContactPoint& value) {
    node(subject, predicate, value.iri, value);
  }
  // A place that we inferred is not said in the publisher's name. The node of a place with an address is everybody's on
  // the page, and how it is drawn one record's: the drawing stands beside it, since a place has one geometry
  // (DCAT-AP 3.0).
  void write(const TermView& subject, std::string_view predicate, const dcat::Location& value) {
    if (value.guessed) return;
    if (value.iri.empty() || (value.geometry.empty() && !value.bbox)) return node(subject, predicate, value.iri, value);
    dcat::Location named, drawn = value;
    named.label.swap(drawn.label);
    node(subject, predicate, value.iri, named);
    const std::string label = new_blank();
    give(subject, predicate, blank(label));
    properties(blank(label), drawn);
    give(blank(label), exact_match, iri(value.iri));
  }
  void write(const TermView& subject, std::string_view predicate, const dcat::Distribution& value) {
    node(subject, predicate, value.iri, value);
  }
  void write(const TermView& subject, std::string_view predicate, const dcat::PeriodOfTime& value) {
    node(subject, predicate, "", value);
  }
  void write(const TermView& subject, std::string_view predicate, const dcat::Checksum& value) {
    node(subject, predicate, "", value);
  }

  void write(const TermView& subject, std::string_view predicate, const dcat::BoundingBox& value) {
    give(subject, predicate, literal(to_wkt(value), wkt_literal));
  }

  void write(const TermView& subject, std::string_view predicate, const Moment& value) {
    std::string_view type = "dateTime";
    switch (value.precision) {
      case Precision::year:
        type = "gYear";
        break;
      case Precision::month:
        type = "gYearMonth";
        break;
      case Precision::day:
        type = "date";
        break;
      case Precision::second:
        break;
    }
    give(subject, predicate, literal(format_moment(value), xsd(type)));
  }

  void write(const TermView& subject, std::string_view predicate, std::uint64_t value) {
    give(subject, predicate, literal(std::to_string(value), xsd("nonNegativeInteger")));
  }

  void write(const TermView& subject, std::string_view predicate, double value) {
    char text[400];
    const auto [end, error] = std::to_chars(text, text + sizeof text, value, std::chars_format::fixed);
    give(subject, predicate, literal({text, static_cast<std::size_t>(end - text)}, xsd("decimal")));
  }

  TripleSink& sink_;
  const std::string& blank_prefix_;
  std::uint64_t& blanks_;
  Result<void> result_;
};

}  // namespace

template <class Class>
Result<void> RecordWriter::described(std::string_view iri, const Class& value) {
  ValueWriter writer(sink_, blank_prefix_, blanks_);
  writer.properties(rdf::iri(value.iri.empty() ? iri : std::string_view(value.iri)), value);
  return writer.result();
}

Result<void> RecordWriter::record(const dcat::Record& record, std::string_view iri) {
  return std::visit([&](const auto& value) { return described(iri, value); }, record);
}

Result<void> RecordWriter::catalog(const dcat::Catalog& catalog, std::string_view iri) {
  return described(iri, catalog);
}

std::string_view membership(dcat::ResourceType type) {
  return type == dcat::ResourceType::service ? "http://www.w3.org/ns/dcat#service"
                                             : "http://www.w3.org/ns/dcat#dataset";
}

}  // namespace moisson::rdf

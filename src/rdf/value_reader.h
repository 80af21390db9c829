// ValueReader: one overload a value type of the record, from the objects of a property in a graph to the value.
// Private to the room: record_reader.h is the way in. One record a reader.
#pragma once

#include <moisson/dcat/finding.h>
#include <moisson/dcat/properties.h>
#include <moisson/dcat/record.h>

#include "rdf/graph.h"
#include "rdf/predicates.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace moisson::rdf {

class ValueReader {
 public:
  // `used`: as RecordReader::record takes it.
  ValueReader(const Graph& graph, const Predicates& predicates, std::vector<bool>* used = nullptr)
      : graph_(graph), predicates_(predicates), used_(used) {}

  // Every property of the table of `Class`, said of `subject`.
  template <class Class>
  void read_properties(Class& out, TermId subject) {
    if (!described(subject)) return;
    static const std::vector<Predicates::Number> numbers = [] {
      std::vector<Predicates::Number> all;
      dcat::for_each_property<Class>([&](const auto& property) { all.push_back(Predicates::number(property.iri)); });
      return all;
    }();
    auto number = numbers.begin();
    dcat::for_each_property<Class>(
        [&](const auto& property) { read_property(out.*property.member, subject, property.iri, *number++); });
  }

  // The first spelling of `property` that gives a value gives all of them.
  template <class Value>
  void read_property(Value& out, TermId subject, std::string_view property) {
    read_property(out, subject, property, Predicates::number(property));
  }
  template <class Value>
  void read_property(Value& out, TermId subject, std::string_view property, Predicates::Number number) {
    for (const TermId predicate : predicates_(number)) {
      place_ = {subject, predicate, property};
      const auto triples = graph_.about(subject, predicate);
      make_room(out, std::min(triples.size(), max_values()));
      for (std::size_t i = 0; i < triples.size(); ++i) {
        if (i == max_values()) {
          find("too_many_values", "only the first 10,000 values were read", "split the record");
          break;
        }
        const std::size_t findings = findings_.size();
        read(out, triples[i].object);
        if (findings_.size() == findings) use(triples[i]);
        place_ = {subject, predicate, property};
      }
      if (!is_empty(out)) return;
    }
  }

  std::vector<dcat::Finding> take_findings() { return std::move(findings_); }

 private:
  // What is being read, for findings and for the few strings whose property says how to read them.
  struct Place {
    TermId subject = no_term;
    TermId predicate = no_term;
    std::string_view property;
  };

  template <class Value>
  static void make_room(std::vector<Value>& out, std::size_t more) {
    out.reserve(out.size() + more);
  }
  template <class Value>
  static void make_room(Value&, std::size_t) {}

  template <class Value>
  static bool is_empty(const std::vector<Value>& value) {
    return value.empty();
  }
  template <class Value>
  static bool is_empty(const std::optional<Value>& value) {
    return !value;
  }
  static bool is_empty(const std::string& value) { return value.empty(); }

  // A list takes what its element type reads, once.
  template <class Value>
  void read(std::vector<Value>& out, TermId object) {
    std::optional<Value> value;
    read(value, object);
    if (!value) return;
    for (const Value& known : out) {
      if (known == *value) return;
    }
    out.push_back(std::move(*value));
  }

  void read(LangStrings& out, TermId object);
  void read(std::vector<std::string>& out, TermId object);
  void read(std::string& out, TermId object);
  void read_geometry(std::string& out, TermId object);
  void read(std::optional<dcat::Concept>& out, TermId object);
  void read(std::optional<dcat::Iri>& out, TermId object);
  void read(std::optional<dcat::Agent>& out, TermId object);
  void read(std::optional<dcat::ContactPoint>& out, TermId object);
  void read(std::optional<dcat::PeriodOfTime>& out, TermId object);
  void read(std::optional<dcat::Location>& out, TermId object);
  void read(std::vector<dcat::Location>& out, TermId object);
  void read(std::optional<dcat::Checksum>& out, TermId object);
  void read(std::optional<dcat::Distribution>& out, TermId object);
  void read(std::optional<dcat::BoundingBox>& out, TermId object);
  void read(std::optional<Moment>& out, TermId object);
  void read(std::optional<std::uint64_t>& out, TermId object);
  void read(std::optional<double>& out, TermId object);

  // A value was taken from it.
  void use(const Triple& triple) {
    if (used_ != nullptr) (*used_)[static_cast<std::size_t>(&triple - graph_.triples().data())] = true;
  }

  static std::size_t max_values();
  bool described(TermId node) const { return !graph_.about(node).empty(); }
  LangStrings label(TermId node);
  // The first value of `property` that is wanted, which is used.
  std::optional<TermView> first(TermId node, Predicates::Number property, bool (*wanted)(const TermView& value));
  std::string words(std::string_view literal);  // cleaned, trimmed, cut
  std::string text_of(TermId object);           // of a literal, an IRI, or the value that a node holds
  std::string address_inside(TermId node);      // of a node that stands for a web page
  std::string same_place(TermId node);          // the address of the place that a node without one is
  void find(std::string_view cause, std::string message, std::string_view hint);
  void find_value(std::string_view cause, std::string_view what, TermId object, std::string_view hint);

  const Graph& graph_;
  const Predicates& predicates_;
  std::vector<bool>* used_;
  Place place_;
  std::vector<dcat::Finding> findings_;
};

}  // namespace moisson::rdf

#include "rdf/record_reader.h"

#include <moisson/dcat/properties.h>

#include "core/text.h"
#include "rdf/value_reader.h"

namespace moisson::rdf {
namespace {

constexpr std::string_view rdf_type = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
constexpr std::string_view dcat_distribution = "http://www.w3.org/ns/dcat#distribution";

template <class Class>
Described describe(ValueReader& reader, const Graph& graph, TermId subject) {
  Class record;
  if (const TermView term = graph.term(subject); term.is_iri()) record.iri = term.text;
  reader.read_properties(record, subject);
  return {std::move(record), reader.take_findings()};
}

}  // namespace

RecordReader::RecordReader(const Graph& graph)
    : graph_(graph),
      predicates_(graph),
      type_(graph.find_iri(rdf_type)),
      distribution_(graph.find_iri(dcat_distribution)),
      catalog_(graph.find_iri(dcat::class_iri<dcat::Catalog>)),
      series_(graph.find_iri(dcat::class_iri<dcat::DatasetSeries>)),
      dataset_(graph.find_iri(dcat::class_iri<dcat::Dataset>)),
      service_(graph.find_iri(dcat::class_iri<dcat::DataService>)) {}

RecordReader::RecordReader(const Graph& excerpt, const RecordReader& whole)
    : graph_(excerpt),
      predicates_(whole.predicates_),
      type_(whole.type_),
      distribution_(whole.distribution_),
      catalog_(whole.catalog_),
      series_(whole.series_),
      dataset_(whole.dataset_),
      service_(whole.service_) {}

std::optional<dcat::ResourceType> RecordReader::type(TermId subject) const {
  if (is_catalog(subject)) return std::nullopt;
  // A series that can be downloaded is a data set too, as for ISO 19139: its files would be lost otherwise.
  if (has_type(subject, series_))
    return has_distribution(subject) ? dcat::ResourceType::dataset : dcat::ResourceType::series;
  if (has_type(subject, dataset_)) return dcat::ResourceType::dataset;
  if (has_type(subject, service_)) return dcat::ResourceType::service;
  return std::nullopt;
}

Described RecordReader::record(TermId subject, dcat::ResourceType type, std::vector<bool>* used) const {
  if (used != nullptr) used->assign(graph_.size(), false);
  ValueReader reader(graph_, predicates_, used);
  switch (type) {
    case dcat::ResourceType::series:
      return describe<dcat::DatasetSeries>(reader, graph_, subject);
    case dcat::ResourceType::service:
      return describe<dcat::DataService>(reader, graph_, subject);
    case dcat::ResourceType::dataset:
      break;
  }
  return describe<dcat::Dataset>(reader, graph_, subject);
}

dcat::Catalog RecordReader::catalog(TermId subject) const {
  dcat::Catalog catalog;
  if (const TermView term = graph_.term(subject); term.is_iri()) catalog.iri = term.text;
  ValueReader(graph_, predicates_).read_properties(catalog, subject);
  return catalog;
}

LangStrings RecordReader::title(TermId subject) const {
  dcat::Resource resource;
  ValueReader(graph_, predicates_).read_property(resource.title, subject, "http://purl.org/dc/terms/title");
  return resource.title;
}

std::string subject_text(const Graph& graph, TermId subject) {
  const TermView term = graph.term(subject);
  return term.is_blank() ? "_:" + std::string(term.text) : "<" + std::string(term.text) + ">";
}

}  // namespace moisson::rdf

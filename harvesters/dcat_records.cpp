#include "harvesters/dcat_records.h"

#include <moisson/dcat/properties.h>

#include "core/hash.h"
#include "core/url.h"
#include "rdf/blank_labels.h"
#include "rdf/writer.h"

#include <algorithm>
#include <array>
#include <set>

namespace moisson::harvesters {
namespace {

constexpr std::string_view rdf_type = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
constexpr std::string_view primary_topic = "http://xmlns.com/foaf/0.1/primaryTopic";
constexpr std::array classes{dcat::class_iri<dcat::Dataset>, dcat::class_iri<dcat::DatasetSeries>,
                             dcat::class_iri<dcat::DataService>};

// Properties of records whose target a page may name without describing it.
constexpr std::array references{
    "http://www.w3.org/ns/dcat#servesDataset", "http://www.w3.org/ns/dcat#inSeries",
    "http://www.w3.org/ns/dcat#seriesMember",  "http://www.w3.org/ns/dcat#accessService",
    "http://www.w3.org/ns/dcat#prev",          "http://www.w3.org/ns/dcat#next",
    "http://www.w3.org/ns/dcat#first",         "http://www.w3.org/ns/dcat#last",
    "http://www.w3.org/ns/dcat#hasVersion",    "http://www.w3.org/ns/dcat#previousVersion",
    "http://purl.org/dc/terms/isVersionOf",    "http://purl.org/dc/terms/hasVersion",
    "http://purl.org/dc/terms/relation",       "http://purl.org/dc/terms/source",
    "http://purl.org/dc/terms/isPartOf",       "http://purl.org/dc/terms/hasPart",
    "http://purl.org/dc/terms/references",     "http://purl.org/dc/terms/isReferencedBy",
    "http://purl.org/dc/terms/replaces",       "http://purl.org/dc/terms/isReplacedBy",
    "http://purl.org/dc/terms/requires",
};

// What a catalog lists.
constexpr std::array members{"http://www.w3.org/ns/dcat#dataset", "http://www.w3.org/ns/dcat#service",
                             "http://www.w3.org/ns/dcat#record", "http://www.w3.org/ns/dcat#catalog"};

class Finder {
 public:
  explicit Finder(rdf::RecordReader& reader)
      : reader_(reader), graph_(reader.graph()), type_(graph_.find_iri(rdf_type)) {}

  DcatNodes find() {
    DcatNodes out;
    out.catalog = !instances(dcat::class_iri<dcat::Catalog>).empty();
    const std::set<rdf::TermId> datasets = linked("http://www.w3.org/ns/dcat#dataset");
    const std::set<rdf::TermId> services = linked("http://www.w3.org/ns/dcat#service");
    std::set<rdf::TermId> listed = linked(primary_topic);
    listed.insert(datasets.begin(), datasets.end());
    listed.insert(services.begin(), services.end());

    for (const rdf::TermId catalog : linked("http://www.w3.org/ns/dcat#catalog")) {
      const rdf::TermView term = graph_.term(catalog);
      if (term.is_iri() && !lists(catalog)) out.catalogs.emplace_back(term.text);
    }

    std::set<rdf::TermId> candidates = listed;
    for (const std::string_view iri : classes) candidates.merge(instances(iri));
    for (const rdf::TermId subject : candidates) {
      if (!described(subject)) {
        const rdf::TermView term = graph_.term(subject);
        if (term.is_iri() && (datasets.contains(subject) || services.contains(subject)))
          out.undescribed.emplace_back(term.text);
        continue;
      }
      std::optional<dcat::ResourceType> type = reader_.type(subject);
      if (!type && !reader_.is_catalog(subject)) {
        if (datasets.contains(subject))
          type = dcat::ResourceType::dataset;
        else if (services.contains(subject))
          type = dcat::ResourceType::service;
      }
      if (!type || (!listed.contains(subject) && reader_.title(subject).empty() && referenced(subject))) continue;
      out.records.push_back({subject, *type});
    }
    return out;
  }

 private:
  std::set<rdf::TermId> instances(std::string_view class_iri) const {
    std::set<rdf::TermId> out;
    const rdf::TermId wanted = graph_.find_iri(class_iri);
    if (type_ == rdf::no_term || wanted == rdf::no_term) return out;
    for (const std::uint32_t position : graph_.with(type_, wanted)) out.insert(graph_.triples()[position].subject);
    return out;
  }

  std::set<rdf::TermId> linked(std::string_view predicate) const {
    std::set<rdf::TermId> out;
    const rdf::TermId wanted = graph_.find_iri(predicate);
    if (wanted == rdf::no_term) return out;
    for (const std::uint32_t position : graph_.with(wanted)) {
      const rdf::TermId object = graph_.triples()[position].object;
      if (!graph_.term(object).is_literal()) out.insert(object);
    }
    return out;
  }

  bool lists(rdf::TermId catalog) const {
    return std::any_of(members.begin(), members.end(), [&](std::string_view predicate) {
      const rdf::TermId id = graph_.find_iri(predicate);
      return id != rdf::no_term && !graph_.about(catalog, id).empty();
    });
  }

  // A type alone describes nothing: pages type what they link to.
  bool described(rdf::TermId subject) const {
    const auto about = graph_.about(subject);
    return std::any_of(about.begin(), about.end(),
                       [this](const rdf::Triple& triple) { return triple.predicate != type_; });
  }

  bool referenced(rdf::TermId subject) const {
    return std::any_of(references.begin(), references.end(), [&](std::string_view predicate) {
      const rdf::TermId id = graph_.find_iri(predicate);
      return id != rdf::no_term && !graph_.with(id, subject).empty();
    });
  }

  rdf::RecordReader& reader_;
  const rdf::Graph& graph_;
  rdf::TermId type_;
};

std::string lasting_content(const dcat::Record& record) {
  const dcat::Resource& resource = dcat::resource(record);
  std::vector<std::string> parts;
  for (const LangString& title : resource.title) parts.push_back(title.value);
  for (const dcat::Agent& agent : resource.publisher) {
    parts.push_back(agent.iri);
    for (const LangString& name : agent.name) parts.push_back(name.value);
  }
  for (const dcat::Iri& page : resource.landing_page) parts.push_back(page.value);
  if (resource.issued) parts.push_back(format_moment(*resource.issued));
  if (const auto* service = std::get_if<dcat::DataService>(&record))  // those of one data set are named alike
    for (const dcat::Iri& endpoint : service->endpoint_url) parts.push_back(endpoint.value);
  std::sort(parts.begin(), parts.end());  // a graph has no order
  std::string text;
  for (const std::string& part : parts) text.append(part) += '\n';
  return text;
}

}  // namespace

DcatNodes find_records(rdf::RecordReader& reader) { return Finder(reader).find(); }

std::string remote_id(const dcat::Record& record) {
  constexpr std::size_t max_bytes = 2000;
  const dcat::Resource& resource = dcat::resource(record);
  const bool lasting = is_web_url(resource.iri) || resource.iri.starts_with("urn:");
  std::string id;
  if (lasting)
    id = resource.iri;
  else if (!resource.identifier.empty())
    id = *std::min_element(resource.identifier.begin(), resource.identifier.end());
  else if (!resource.iri.empty() && !resource.iri.starts_with("file:"))
    id = resource.iri;
  else
    return "content:" + sha256_hex(lasting_content(record)).substr(0, 32);
  return id.size() <= max_bytes ? id : "sha256:" + sha256_hex(id);
}

harvest::RawSource raw_source(const rdf::RecordReader& reader, const rdf::Description& description, rdf::TermId subject,
                              std::string_view page_url) {
  const rdf::Graph& graph = reader.graph();
  std::string pointer = rdf::subject_text(graph, subject);
  if (graph.term(subject).is_blank()) pointer = "_:" + rdf::blank_labels(graph, description.triples).at(subject);
  return {"text/turtle", rdf::write_ntriples(graph, description.triples), std::string(page_url), std::move(pointer)};
}

}  // namespace moisson::harvesters

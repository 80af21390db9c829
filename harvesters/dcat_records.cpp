#include "harvesters/dcat_records.h"

#include <moisson/dcat/properties.h>

#include "core/hash.h"
#include "core/url.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace moisson::harvesters {
namespace {

constexpr std::string_view rdf_type = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
constexpr std::string_view primary_topic = "http://xmlns.com/foaf/0.1/primaryTopic";
constexpr std::string_view derived_from = "http://www.w3.org/ns/prov#wasDerivedFrom";
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
  explicit Finder(const rdf::RecordReader& reader)
      : reader_(reader), graph_(reader.graph()), type_(graph_.find_iri(rdf_type)) {}

  DcatNodes find() {
    DcatNodes out;
    out.catalog = !instances(dcat::class_iri<dcat::Catalog>).empty();
    const Nodes datasets = linked("http://www.w3.org/ns/dcat#dataset");
    const Nodes services = linked("http://www.w3.org/ns/dcat#service");
    const Nodes listed = united(united(datasets, services), linked(primary_topic));

    std::vector<std::string> parts;  // of this catalog: their records may well stand here
    for (const rdf::TermId catalog : linked("http://www.w3.org/ns/dcat#catalog")) {
      const rdf::TermView term = graph_.term(catalog);
      if (!term.is_iri() || lists(catalog)) continue;
      (described(catalog) ? parts : out.catalogs).emplace_back(term.text);
    }

    Nodes candidates = listed;
    for (const std::string_view iri : classes) candidates = united(candidates, instances(iri));
    for (const rdf::TermId subject : candidates) {
      if (!described(subject)) {
        const rdf::TermView term = graph_.term(subject);
        if (term.is_iri() && (contains(datasets, subject) || contains(services, subject)))
          out.undescribed.emplace_back(term.text);
        continue;
      }
      std::optional<dcat::ResourceType> type = reader_.type(subject);
      if (!type && !reader_.is_catalog(subject)) {
        if (contains(datasets, subject))
          type = dcat::ResourceType::dataset;
        else if (contains(services, subject))
          type = dcat::ResourceType::service;
      }
      if (!type || (!contains(listed, subject) && reader_.title(subject).empty() && referenced(subject))) continue;
      out.records.push_back({subject, *type});
    }
    if (out.records.empty()) out.catalogs.insert(out.catalogs.end(), parts.begin(), parts.end());
    return out;
  }

 private:
  using Nodes = std::vector<rdf::TermId>;  // sorted, each once

  static bool contains(const Nodes& nodes, rdf::TermId node) {
    return std::binary_search(nodes.begin(), nodes.end(), node);
  }

  static Nodes sorted(Nodes nodes) {
    std::sort(nodes.begin(), nodes.end());
    nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
    return nodes;
  }

  static Nodes united(const Nodes& a, const Nodes& b) {
    Nodes out;
    std::ranges::set_union(a, b, std::back_inserter(out));
    return out;
  }

  Nodes instances(std::string_view class_iri) const {
    Nodes out;
    const rdf::TermId wanted = graph_.find_iri(class_iri);
    if (type_ == rdf::no_term || wanted == rdf::no_term) return out;
    for (const std::uint32_t position : graph_.with(type_, wanted)) out.push_back(graph_.triples()[position].subject);
    return sorted(std::move(out));
  }

  Nodes linked(std::string_view predicate) const {
    Nodes out;
    const rdf::TermId wanted = graph_.find_iri(predicate);
    if (wanted == rdf::no_term) return out;
    for (const std::uint32_t position : graph_.with(wanted)) {
      const rdf::TermId object = graph_.triples()[position].object;
      if (!graph_.term(object).is_literal()) out.push_back(object);
    }
    return sorted(std::move(out));
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

  const rdf::RecordReader& reader_;
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
  // Services of one data set are named alike at one address: WMS, WFS.
  if (const auto* service = std::get_if<dcat::DataService>(&record)) {
    for (const dcat::Iri& endpoint : service->endpoint_url) parts.push_back(endpoint.value);
    for (const dcat::Iri& standard : service->conforms_to) parts.push_back(standard.value);
  }
  std::sort(parts.begin(), parts.end());  // a graph has no order
  std::string text;
  for (const std::string& part : parts) text.append(part) += '\n';
  return text;
}

// What tells the way of a record: whom a catalog record is about, and what it was derived from.
bool tells_way(std::string_view predicate) { return predicate == primary_topic || predicate == derived_from; }

std::string lasting_id(std::string id) {
  constexpr std::size_t max_bytes = 2000;
  return id.size() <= max_bytes ? std::move(id) : "sha256:" + sha256_hex(id);
}

}  // namespace

DcatNodes find_records(const rdf::RecordReader& reader) { return Finder(reader).find(); }

std::string remote_id(const dcat::Record& record) {
  const dcat::Resource& resource = dcat::resource(record);
  if (is_web_url(resource.iri) || resource.iri.starts_with("urn:")) return lasting_id(resource.iri);
  if (!resource.identifier.empty()) return lasting_id(*std::ranges::min_element(resource.identifier));
  if (!resource.iri.empty() && !resource.iri.starts_with("file:")) return lasting_id(resource.iri);
  return "content:" + sha256_hex(lasting_content(record)).substr(0, 32);
}

std::string remote_id(const rdf::RecordReader& reader, const DcatNode& node) {
  const rdf::TermView term = reader.graph().term(node.subject);
  if (term.is_iri() && is_web_url(term.text)) return lasting_id(std::string(term.text));
  return remote_id(reader.record(node.subject, node.type).record);
}

std::vector<rdf::Triple> way_of(const rdf::Graph& page, rdf::TermId subject) {
  std::vector<rdf::Triple> out;
  const rdf::TermId topic = page.find_iri(primary_topic), derived = page.find_iri(derived_from);
  if (topic == rdf::no_term || derived == rdf::no_term) return out;
  for (const std::uint32_t position : page.with(topic, subject)) {
    const rdf::Triple about = page.triples()[position];
    const auto told = page.about(about.subject, derived);
    if (told.empty() || !page.term(about.subject).is_iri()) continue;
    out.push_back(about);
    out.insert(out.end(), told.begin(), told.end());
  }
  return out;
}

std::vector<std::string> trail(const rdf::Graph& own, rdf::TermId subject, std::vector<bool>* used) {
  std::vector<std::string> before, pages;
  for (std::size_t i = 0; i < own.size(); ++i) {
    const rdf::Triple& triple = own.triples()[i];
    const std::string_view predicate = own.term(triple.predicate).text;
    if (triple.subject == subject || !tells_way(predicate)) continue;
    if (used != nullptr && i < used->size()) (*used)[i] = true;
    const bool about = predicate == primary_topic;
    const rdf::TermView term = own.term(about ? triple.subject : triple.object);
    std::string place(term.text.substr(0, term.text.find('#')));
    if (term.is_iri() && is_web_url(place)) (about ? pages : before).push_back(std::move(place));
  }
  std::ranges::sort(before);  // a graph has no order
  std::ranges::sort(pages);
  before.insert(before.end(), pages.begin(), pages.end());
  std::vector<std::string> out;
  for (std::string& place : before)
    if (std::ranges::find(out, place) == out.end()) out.push_back(std::move(place));
  return out;
}

std::vector<std::string> origins(const rdf::Graph& own, rdf::TermId subject) {
  std::vector<std::string> out;
  for (const rdf::Triple& triple : own.triples()) {
    if (triple.subject == subject || own.term(triple.predicate).text != derived_from) continue;
    const rdf::TermView term = own.term(triple.object);
    if (term.is_iri() && is_web_url(term.text)) out.emplace_back(term.text);
  }
  return out;
}

harvest::RawSource raw_source(const rdf::Graph& page, rdf::CanonicalTriples& canonical, rdf::TermId subject,
                              std::string_view page_url) {
  std::string pointer =
      page.term(subject).is_blank() ? "_:" + canonical.labels.at(subject) : rdf::subject_text(page, subject);
  return {std::string(dcat_media_type), std::move(canonical.lines), std::string(page_url), std::move(pointer)};
}

}  // namespace moisson::harvesters

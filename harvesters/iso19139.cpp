#include "harvesters/iso19139.h"

#include "core/hash.h"
#include "core/text.h"
#include "core/url.h"
#include "dcat/vocabulary.h"
#include "harvesters/iso19139_online.h"
#include "harvesters/iso19139_reader.h"
#include "harvesters/iso19139_tally.h"

#include <algorithm>
#include <charconv>

namespace moisson::harvesters {
namespace {

using dcat::Dataset;
using dcat::Resource;
using xml::Element;

constexpr std::size_t max_description = 100'000;  // bytes
constexpr std::size_t max_keywords = 1'000;
constexpr std::size_t max_id_bytes = 2'000;

constexpr std::string_view code_lists = "http://inspire.ec.europa.eu/metadata-codelist/";

std::string text(const Element* property) { return Iso19139Reader::text(property); }

const Element* identification(const Element& metadata) { return metadata.first("identificationInfo/*"); }

// Dates of a citation by type: publication, revision, creation.
std::optional<Moment> date_of(Iso19139Reader& reader, const Element& citation, std::string_view type, bool latest) {
  std::optional<Moment> chosen;
  for (const Element* date : citation.all("date/CI_Date")) {
    if (text(date->child("dateType")) != type) continue;
    const auto moment = reader.moment(date->child("date"));
    if (moment && (!chosen || (latest ? *moment > *chosen : *moment < *chosen))) chosen = moment;
  }
  return chosen;
}

struct Party {
  std::string role;
  dcat::Agent agent;
  dcat::ContactPoint contact;
};

Party party_of(Iso19139Reader& reader, const Element& responsible) {
  Party made;
  made.role = text(responsible.child("role"));
  const Element* organisation = responsible.child("organisationName");
  made.agent.name = reader.words(organisation, 1'000);
  made.agent.iri = Iso19139Reader::href(organisation);
  LangStrings person = reader.words(responsible.child("individualName"), 1'000);
  made.contact.name = made.agent.name.empty() ? person : made.agent.name;
  if (made.agent.name.empty()) made.agent.name = std::move(person);
  if (const Element* mail = responsible.first("contactInfo/CI_Contact/address/*/electronicMailAddress")) {
    made.contact.email = text(mail);
    if (iequals_ascii(std::string_view(made.contact.email).substr(0, 7), "mailto:")) made.contact.email.erase(0, 7);
    made.agent.email = made.contact.email;
  }
  made.contact.telephone = text(responsible.first("contactInfo/CI_Contact/phone/*/voice"));
  if (const Element* page = responsible.first("contactInfo/CI_Contact/onlineResource/CI_OnlineResource/linkage")) {
    if (auto link = reader.link(page)) made.contact.url = std::move(link->value);
  }
  return made;
}

// GeoDCAT-AP §"Responsible organisation": publisher and author are stated as such. Where nobody is called publisher,
// whoever answers for the data is.
void fill_parties(Resource& out, Iso19139Reader& reader, const Element& metadata, const Element& info) {
  std::vector<Party> parties;
  const auto take = [&](const Element& from, std::string_view path) {
    for (const Element* responsible : from.all(path)) parties.push_back(party_of(reader, *responsible));
  };
  take(info, "pointOfContact/*");
  take(info, "citation/*/citedResponsibleParty/*");
  const std::size_t of_resource = parties.size();
  take(metadata, "contact/*");
  take(metadata, "distributionInfo/*/distributor/*/distributorContact/*");

  const auto add = [](std::vector<dcat::Agent>& agents, const dcat::Agent& agent) {
    if (!agent.name.empty() && std::find(agents.begin(), agents.end(), agent) == agents.end()) agents.push_back(agent);
  };
  for (const std::string_view role :
       {"publisher", "owner", "custodian", "resourceProvider", "distributor", "pointOfContact", ""}) {
    for (const Party& party : parties) {
      if (out.publisher.empty() && (role.empty() || party.role == role)) add(out.publisher, party.agent);
    }
  }
  for (const Party& party : parties) {
    if (party.role == "publisher") add(out.publisher, party.agent);
    if (party.role == "author" || party.role == "originator") add(out.creator, party.agent);
  }
  const auto contact = [&](std::size_t begin, std::size_t end, bool any_role) {
    for (std::size_t i = begin; i < end && out.contact_point.empty(); ++i) {
      const dcat::ContactPoint& point = parties[i].contact;
      if ((any_role || parties[i].role == "pointOfContact") && (!point.name.empty() || !point.email.empty()))
        out.contact_point.push_back(point);
    }
  };
  contact(0, of_resource, false);
  contact(0, of_resource, true);
  contact(of_resource, parties.size(), true);
}

bool is_theme_list(std::string_view thesaurus, const std::string& href) {
  const std::string folded = fold(thesaurus);
  return folded.find("inspire theme") != std::string::npos || folded.find("themes inspire") != std::string::npos ||
         href.find("inspire.ec.europa.eu/theme") != std::string::npos;
}

void fill_keywords(Resource& out, Iso19139Reader& reader, const Element& info) {
  for (const Element* group : info.all("descriptiveKeywords/*")) {
    const Element* title = group->first("thesaurusName/*/title");
    const bool themes = is_theme_list(text(title), Iso19139Reader::href(title));
    for (const Element* keyword : group->all("keyword")) {
      const std::string iri = Iso19139Reader::href(keyword);
      LangStrings words = reader.words(keyword, 400);
      if (themes || iri.find("inspire.ec.europa.eu/theme/") != std::string::npos) {
        if (!iri.empty() || !words.empty()) out.theme.push_back({iri, words});
      }
      for (LangString& word : words) {
        if (out.keyword.size() == max_keywords) {
          reader.found("list_cut", keyword, "more than 1,000 keywords; the first are kept");
          return;
        }
        out.keyword.push_back(std::move(word));
      }
    }
  }
  for (const Element* topic : info.all("topicCategory")) {
    const std::string code = text(topic);
    if (!code.empty())
      out.theme.push_back({std::string(code_lists) + "TopicCategory/" + percent_encode(code), {{code, ""}}});
  }
}

// Licences and conditions stand side by side in every kind of constraint; a text is the licence if the table of
// licences knows it, or if it is the address in the use constraints of a licence.
void fill_constraints(Resource& out, Iso19139Reader& reader, const Element& info) {
  for (const Element* constraints : info.all("resourceConstraints/*")) {
    const auto has_code = [&](std::string_view name, std::string_view code) {
      const auto values = constraints->all(name);
      return std::any_of(values.begin(), values.end(), [&](const Element* value) { return text(value) == code; });
    };
    const bool licensed = has_code("useConstraints", "license") || has_code("useConstraints", "licence");
    const bool access = !constraints->all("accessConstraints").empty();
    for (const std::string_view name : {"useLimitation", "otherConstraints"}) {
      for (const Element* value : constraints->all(name)) {
        auto term = reader.term(value);
        if (!term) continue;
        if (access && term->iri.find("LimitationsOnPublicAccess") != std::string::npos) {
          if (!out.access_rights) out.access_rights = std::move(term);
          continue;
        }
        // Terms of one's own are a condition here, which ISO 19139 has a place for, and no licence.
        const dcat::Licence* const licence = dcat::licence(*term);
        const bool known = licence != nullptr && licence->key != "own-terms";
        if (!out.licence && (known || (licensed && !term->iri.empty()))) {
          out.licence = std::move(term);
          continue;
        }
        for (LangString& words : term->label) out.rights.push_back(std::move(words));
        if (term->label.empty()) out.rights.push_back({term->iri, ""});
      }
    }
  }
}

// "1", "2.5" with uom: metres, where the unit says so or says nothing.
std::optional<double> metres(const Element& info) {
  const Element* distance = info.first("spatialResolution/MD_Resolution/distance/Distance");
  if (distance == nullptr) return std::nullopt;
  const std::string unit = lower_ascii(distance->attribute("uom"));
  const bool kilometres = unit == "km" || unit.ends_with("#km");
  const bool plain = unit.empty() || unit == "m" || unit.ends_with("#m") || unit.starts_with("met") ||
                     unit.starts_with("mèt") || unit.ends_with("/9001") || unit.ends_with(":9001");
  if (!kilometres && !plain) return std::nullopt;
  const auto digits = trim(distance->text);
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || !(value > 0) || value > 1e8) return std::nullopt;
  return kilometres ? value * 1'000 : value;
}

std::optional<dcat::Concept> frequency(const Element& info) {
  const std::string code = text(info.first("resourceMaintenance/*/maintenanceAndUpdateFrequency"));
  if (code.empty()) return std::nullopt;
  return dcat::Concept{"", {{code, ""}}};
}

void fill_resource(Resource& out, Iso19139Reader& reader, const Element& metadata, const Element& info) {
  static const Element none;
  const Element* found = info.first("citation/*");
  const Element& citation = found == nullptr ? none : *found;
  const std::string file = text(metadata.child("fileIdentifier"));
  for (const Element* identifier : citation.all("identifier/*")) {
    std::string code = Iso19139Reader::href(identifier->child("code"));
    if (code.empty()) code = text(identifier->child("code"));
    const std::string space = text(identifier->child("codeSpace"));
    if (!code.empty() && !space.empty() && !is_iri(code)) code = space + (space.ends_with('/') ? "" : "/") + code;
    if (code.empty()) continue;
    if (out.iri.empty() && is_web_url(code) && is_iri(code)) out.iri = code;
    out.identifier.push_back(std::move(code));
  }
  if (!file.empty()) (out.identifier.empty() ? out.identifier : out.other_identifier).push_back(file);
  for (const Element* title : citation.all("alternateTitle"))
    for (LangString& words : reader.words(title)) out.alternative.push_back(std::move(words));
  out.description = reader.words(info.child("abstract"), max_description);
  fill_keywords(out, reader, info);
  fill_parties(out, reader, metadata, info);
  fill_constraints(out, reader, info);
  out.issued = date_of(reader, citation, "publication", false);
  if (!out.issued) out.issued = date_of(reader, citation, "creation", false);
  out.modified = date_of(reader, citation, "revision", true);
  if (!out.modified) out.modified = reader.moment(metadata.child("dateStamp"));
  for (const Element* language : info.all("language")) {
    const std::string code = text(language);
    if (!code.empty()) out.language.push_back({"", {{code, ""}}});
  }
  if (out.language.empty() && !reader.language().empty()) out.language.push_back({"", {{reader.language(), ""}}});
  for (const Element* extent : info.all("extent/EX_Extent")) {
    if (auto place = reader.place(*extent)) out.spatial.push_back(std::move(*place));
  }
  out.version = text(citation.child("edition"));
  for (const Element* statement : metadata.all("dataQualityInfo/*/lineage/*/statement")) {
    for (LangString& words : reader.words(statement, max_description)) out.provenance.push_back(std::move(words));
  }
  for (const Element* result : metadata.all("dataQualityInfo/*/report/*/result/DQ_ConformanceResult")) {
    const std::string iri = Iso19139Reader::href(result->first("specification/*/title"));
    if (text(result->child("pass")) == "true" && !iri.empty()) out.conforms_to.push_back({iri});
  }
  for (const Element* system : metadata.all("referenceSystemInfo/*/referenceSystemIdentifier/*/code")) {
    std::string iri = Iso19139Reader::href(system);
    if (iri.empty()) iri = text(system);
    if (is_web_url(iri) && is_iri(iri)) out.conforms_to.push_back({iri});
  }
}

std::vector<dcat::PeriodOfTime> periods(Iso19139Reader& reader, const Element& info) {
  std::vector<dcat::PeriodOfTime> made;
  for (const Element* extent : info.all("extent/EX_Extent")) {
    for (dcat::PeriodOfTime& period : reader.periods(*extent)) made.push_back(period);
  }
  return made;
}

dcat::DataService service_of(Iso19139Reader& reader, const Element& info, Resource&& resource,
                             std::vector<IsoOnline>&& online) {
  dcat::DataService made;
  static_cast<Resource&>(made) = std::move(resource);
  const auto add = [](std::vector<dcat::Iri>& to, const dcat::Iri& iri) {
    if (std::find(to.begin(), to.end(), iri) == to.end()) to.push_back(iri);
  };
  for (const Element* linkage : info.all("containsOperations/*/connectPoint/*/linkage")) {
    if (auto link = reader.link(linkage)) add(made.endpoint_url, *link);
  }
  for (const IsoOnline& one : online) {
    if (is_page(one)) {
      add(made.documentation, one.link);
    } else if (lower_ascii(one.link.value).find("request=getcapabilities") != std::string::npos) {
      add(made.endpoint_description, one.link);
      if (made.endpoint_url.empty()) add(made.endpoint_url, {one.link.value.substr(0, one.link.value.find('?'))});
    } else {
      add(made.endpoint_url, one.link);
    }
  }
  for (const Element* operates : info.all("operatesOn")) {
    const std::string iri(trim(operates->attribute("href")));
    if (is_iri(iri)) add(made.serves_dataset, {iri});
  }
  return made;
}

Error failure(std::string_view cause, std::string_view place, std::string message, std::string hint) {
  return {ErrorCode::invalid_input, std::move(message), std::string(place), std::move(hint), std::string(cause)};
}

}  // namespace

bool is_iso19139(const Element& element) {
  return element.local.ends_with("MD_Metadata") || element.local == "MI_Metadata";
}

std::string iso19139_id(const Element& metadata) {
  std::string id = text(metadata.child("fileIdentifier"));
  const Element* info = identification(metadata);
  if (id.empty() && info != nullptr) {
    const Element* code = info->first("citation/*/identifier/*/code");
    id = Iso19139Reader::href(code);
    if (id.empty()) id = text(code);
  }
  return id.size() <= max_id_bytes ? id : "sha256:" + sha256_hex(id);
}

std::string iso19139_title(const Element& metadata) {
  const Element* info = identification(metadata);
  return info == nullptr ? std::string() : shorten(clean_utf8(cut(text(info->first("citation/*/title")), 2'000)), 200);
}

Result<harvest::HarvestedRecord> map_iso19139(const harvest::HarvestSource&, harvest::RawSource&& raw,
                                              dcat::MappingReport* mapping) {
  const auto parsed = xml::parse_tree(raw.bytes);
  if (!parsed) return parsed.error();
  const Element& metadata = *parsed;
  if (!is_iso19139(metadata)) return failure("not_a_record", metadata.local, "the record is no ISO 19139 metadata", "");
  harvest::HarvestedRecord made;
  made.remote_id = iso19139_id(metadata);
  if (made.remote_id.empty())
    return failure("id_missing", "fileIdentifier", "the metadata has no identifier", "give it a gmd:fileIdentifier");
  const Element* info = identification(metadata);
  if (info == nullptr) return failure("not_a_record", "identificationInfo", "the metadata describes nothing", "");

  Iso19139Reader reader(metadata, {}, made.findings);
  Dataset dataset;
  dataset.title = reader.words(info->first("citation/*/title"));
  if (dataset.title.empty())
    return failure("title_missing", "identificationInfo/citation/title", "the title is missing",
                   "give the data set a title");
  fill_resource(dataset, reader, metadata, *info);
  std::vector<IsoOnline> online = online_resources(reader, metadata);

  const std::string level = text(metadata.child("hierarchyLevel"));
  if (!level.empty())
    dataset.type.push_back({std::string(code_lists) + "ResourceType/" + percent_encode(level), {{level, ""}}});
  if (level == "service" || info->local.ends_with("ServiceIdentification")) {
    made.record = service_of(reader, *info, std::move(dataset), std::move(online));
  } else if (level == "series" && std::all_of(online.begin(), online.end(), is_page)) {
    dcat::DatasetSeries series;
    for (IsoOnline& one : online) dataset.documentation.push_back(std::move(one.link));
    static_cast<Resource&>(series) = std::move(dataset);
    series.frequency = frequency(*info);
    series.temporal = periods(reader, *info);
    made.record = std::move(series);
  } else {
    fill_distributions(dataset, metadata, std::move(online));
    dataset.frequency = frequency(*info);
    dataset.temporal = periods(reader, *info);
    dataset.spatial_resolution_metres = metres(*info);
    made.record = std::move(dataset);
  }
  const Resource& resource = dcat::resource(made.record);
  made.remote_url = is_web_url(resource.iri)          ? resource.iri
                    : !resource.documentation.empty() ? resource.documentation.front().value
                                                      : std::string();
  if (mapping != nullptr) {
    mapping->begin_record(made.remote_id);
    tally(metadata, *mapping);
  }
  made.raw = std::move(raw);
  return made;
}

}  // namespace moisson::harvesters

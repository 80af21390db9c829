#include "harvesters/iso19139.h"

#include "core/hash.h"
#include "core/language_name.h"
#include "core/text.h"
#include "core/url.h"
#include "dcat/vocabulary.h"
#include "harvesters/iso19139_online.h"
#include "harvesters/iso19139_parties.h"
#include "harvesters/iso19139_reader.h"
#include "harvesters/iso19139_service.h"
#include "harvesters/iso19139_standards.h"
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

std::string text(const Element* property) { return Iso19139Reader::text(property); }

const Element* identification(const Element& metadata) { return metadata.first("identificationInfo/*"); }

// A date of a citation, by type: publication, revision.
std::optional<Moment> date_of(Iso19139Reader& reader, const Element& citation, std::string_view type, bool latest) {
  std::optional<Moment> chosen;
  Iso19139Reader::Elements from;
  for (const Element* date : citation.all("date/CI_Date")) {
    if (text(date->child("dateType")) != type) continue;
    const std::size_t since = reader.consumed().size();
    const auto moment = reader.moment(date->child("date"));
    auto read = reader.hold(since);
    if (!moment || (chosen && !(latest ? *moment > *chosen : *moment < *chosen))) continue;
    chosen = moment;
    from = std::move(read);
    from.push_back(date->child("dateType"));
  }
  reader.consume(from);
  return chosen;
}

bool is_theme_list(std::string_view thesaurus, const std::string& href) {
  const std::string folded = fold(thesaurus);
  return folded.find("inspire theme") != std::string::npos || folded.find("themes inspire") != std::string::npos ||
         href.find("inspire.ec.europa.eu/theme") != std::string::npos;
}

// GeoDCAT-AP, "Keyword": terms of a vocabulary → dcat:theme, categories of services → dct:type, other words →
// dcat:keyword. The words of a term are keywords too: by them it is found.
void fill_keywords(Resource& out, Iso19139Reader& reader, const Element& info) {
  const auto full = [&](const Element* element, std::size_t more) {
    if (out.keyword.size() + more <= max_keywords && out.theme.size() < max_keywords) return false;
    reader.found("list_cut", element, "more than 1,000 keywords; the first are kept");
    return true;
  };
  for (const Element* group : info.all("descriptiveKeywords/*")) {
    const Element* title = group->first("thesaurusName/*/title");
    const bool themes = is_theme_list(text(title), Iso19139Reader::href(title));
    for (const Element* keyword : group->all("keyword")) {
      const std::size_t since = reader.consumed().size();
      const std::string iri = Iso19139Reader::href(keyword);
      LangStrings words = reader.words(keyword, 400);
      if (iri.empty() && words.empty()) continue;
      if (full(keyword, words.size())) {
        reader.hold(since);
        return;
      }
      reader.consume(keyword);
      if (iri.find("/SpatialDataServiceCategory/") != std::string::npos) {
        out.type.push_back({iri, words});
      } else if (themes || !iri.empty()) {
        out.theme.push_back({iri, words});
        if (themes) reader.consume(title);
      }
      for (LangString& word : words) out.keyword.push_back(std::move(word));
    }
  }
  for (const Element* topic : info.all("topicCategory")) {
    const std::string code = text(topic);
    if (code.empty()) continue;
    if (full(topic, 0)) return;
    reader.consume(topic);
    out.theme.push_back({std::string(inspire_code_lists) + "TopicCategory/" + percent_encode(code), {{code, ""}}});
  }
}

void add_rights(Resource& out, dcat::Concept&& term) {
  if (term.label.empty()) out.rights.push_back({std::move(term.iri), ""});
  for (LangString& words : term.label) out.rights.push_back(std::move(words));
}

// Licences and conditions stand side by side in every kind of constraint. The licence is what the table of licences
// knows, else the first address among the constraints of use (GeoDCAT-AP, "Conditions for access and use", "Limitations
// on public access").
void fill_constraints(Resource& out, Iso19139Reader& reader, const Element& info) {
  bool knows_licence = false;
  for (const Element* constraints : info.all("resourceConstraints/*")) {
    const bool of_access = constraints->child("accessConstraints") != nullptr;
    const bool of_use = constraints->child("useConstraints") != nullptr;
    const auto codes = [&](std::string_view name, std::initializer_list<std::string_view> wanted) {
      Iso19139Reader::Elements found = constraints->all(name);
      std::erase_if(found, [&](const Element* code) {
        return std::find(wanted.begin(), wanted.end(), text(code)) == wanted.end();
      });
      return found;
    };
    for (const std::string_view name : {"useLimitation", "otherConstraints"}) {
      for (const Element* value : constraints->all(name)) {
        const std::size_t since = reader.consumed().size();
        auto term = reader.term(value);
        if (!term) continue;
        const bool limits_access = of_access && term->iri.find("LimitationsOnPublicAccess") != std::string::npos;
        if (limits_access && out.access_rights) {
          reader.hold(since);
          continue;
        }
        if (name == "otherConstraints") {  // their codes only say to read on
          reader.consume(codes("accessConstraints", {"otherRestrictions"}));
          reader.consume(codes("useConstraints", {"otherRestrictions"}));
        }
        // Terms of one's own are a condition here, which ISO 19139 has a place for, and no licence.
        const bool known = dcat::named_licence(*term) != nullptr;
        if (limits_access) {
          out.access_rights = std::move(term);
        } else if (known ? !knows_licence : of_use && !term->iri.empty() && !out.licence) {
          if (out.licence) add_rights(out, std::move(*out.licence));
          out.licence = std::move(term);
          knows_licence = known;
          reader.consume(codes("useConstraints", {"license", "licence"}));
        } else {
          add_rights(out, std::move(*term));
        }
      }
    }
  }
}

// "1", "2.5" with uom: metres, where the unit says so or says nothing.
std::optional<double> metres(Iso19139Reader& reader, const Element& info) {
  const Element* property = info.first("spatialResolution/MD_Resolution/distance");
  const Element* distance = property == nullptr ? nullptr : property->child("Distance");
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
  reader.consume(property);
  return kilometres ? value * 1'000 : value;
}

std::optional<dcat::Concept> frequency(Iso19139Reader& reader, const Element& info) {
  const std::string code = reader.take(info.first("resourceMaintenance/*/maintenanceAndUpdateFrequency"));
  if (code.empty()) return std::nullopt;
  return dcat::Concept{"", {{code, ""}}};
}

void fill_identifiers(Resource& out, Iso19139Reader& reader, const Element& metadata, const Element& citation) {
  for (const Element* identifier : citation.all("identifier/*")) {
    const Element* named = identifier->child("code");
    std::string code = Iso19139Reader::href(named);
    if (code.empty()) code = text(named);
    if (code.empty()) continue;
    reader.consume(named);
    if (const std::string space = is_iri(code) ? std::string() : reader.take(identifier->child("codeSpace"));
        !space.empty())
      code = space + (space.ends_with('/') ? "" : "/") + code;
    if (out.iri.empty() && is_web_url(code) && is_iri(code)) out.iri = code;
    out.identifier.push_back(std::move(code));
  }
  if (const std::string file = reader.take(metadata.child("fileIdentifier")); !file.empty())
    (out.identifier.empty() ? out.identifier : out.other_identifier).push_back(file);
}

// Other data sets by their IRIs: DCAT 3 §6.4.15 (dct:relation, where no narrower one fits). Those that are named by an
// identifier alone have no place in records.
void fill_relations(Resource& out, Iso19139Reader& reader, const Element& info) {
  for (const Element* aggregate : info.all("aggregationInfo/*")) {
    const Element* code = aggregate->first("aggregateDataSetIdentifier/*/code");
    if (code == nullptr) code = aggregate->first("aggregateDataSetName/*/identifier/*/code");
    const std::string iri = Iso19139Reader::iri(code);
    if (iri.empty()) continue;
    const Element* type = aggregate->child("associationType");
    const bool source = text(type) == "source";
    (source ? out.source : out.relation).push_back({iri});
    reader.consume(code);
    if (source) reader.consume(type);
  }
}

// GeoDCAT-AP, "Temporal reference": publication → dct:issued, revision → dct:modified. Its dct:created, for creation,
// has no place in records. Where no revision is stated, the date of the metadata stands for it.
void fill_dates(Resource& out, Iso19139Reader& reader, const Element& metadata, const Element& citation) {
  out.issued = date_of(reader, citation, "publication", false);
  out.modified = date_of(reader, citation, "revision", true);
  if (!out.modified) out.modified = reader.moment(metadata.child("dateStamp"));
}

void fill_resource(Resource& out, Iso19139Reader& reader, const Element& metadata, const Element& info) {
  static const Element none;
  const Element* found = info.first("citation/*");
  const Element& citation = found == nullptr ? none : *found;
  fill_identifiers(out, reader, metadata, citation);
  for (const Element* title : citation.all("alternateTitle"))
    for (LangString& words : reader.words(title)) out.alternative.push_back(std::move(words));
  out.description = reader.words(info.child("abstract"), max_description);
  fill_keywords(out, reader, info);
  fill_parties(out, reader, metadata, info);
  fill_constraints(out, reader, info);
  fill_dates(out, reader, metadata, citation);
  for (const Element* language : info.all("language")) {
    if (const std::string code = reader.take(language); !code.empty())
      out.language.push_back({language_iri(language_tag(code)), {{code, ""}}});
  }
  if (out.language.empty() && !reader.language().empty())
    out.language.push_back({language_iri(reader.language()), {{reader.language(), ""}}});
  for (const Element* extent : info.all("extent/EX_Extent")) {
    for (dcat::Location& place : reader.places(*extent)) out.spatial.push_back(std::move(place));
  }
  out.version = reader.take(citation.child("edition"));
  for (const Element* statement : metadata.all("dataQualityInfo/*/lineage/*/statement")) {
    for (LangString& words : reader.words(statement, max_description)) out.provenance.push_back(std::move(words));
  }
  fill_standards(out, reader, metadata);
  fill_relations(out, reader, info);
}

std::vector<dcat::PeriodOfTime> periods(Iso19139Reader& reader, const Element& info) {
  std::vector<dcat::PeriodOfTime> made;
  for (const Element* extent : info.all("extent/EX_Extent")) {
    for (dcat::PeriodOfTime& period : reader.periods(*extent)) made.push_back(period);
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

  const std::string level = reader.take(metadata.child("hierarchyLevel"));
  if (!level.empty())
    dataset.type.push_back({std::string(inspire_code_lists) + "ResourceType/" + percent_encode(level), {{level, ""}}});
  if (level == "service" || info->local.ends_with("ServiceIdentification")) {
    made.record = service_of(reader, *info, std::move(dataset), std::move(online));
  } else if (level == "series" && std::all_of(online.begin(), online.end(), is_page)) {
    dcat::DatasetSeries series;
    for (IsoOnline& one : online) {
      reader.consume(one.element->child("function"));
      dataset.documentation.push_back(std::move(one.link));
    }
    static_cast<Resource&>(series) = std::move(dataset);
    series.frequency = frequency(reader, *info);
    series.temporal = periods(reader, *info);
    made.record = std::move(series);
  } else {
    fill_distributions(dataset, reader, metadata, std::move(online));
    dataset.frequency = frequency(reader, *info);
    dataset.temporal = periods(reader, *info);
    dataset.spatial_resolution_metres = metres(reader, *info);
    const Element* parent = metadata.child("parentIdentifier");
    if (std::string iri = Iso19139Reader::iri(parent); !iri.empty()) {  // DCAT 3 §6.6.7: dcat:inSeries
      dataset.in_series.push_back({std::move(iri)});
      reader.consume(parent);
    }
    made.record = std::move(dataset);
  }
  const Resource& resource = dcat::resource(made.record);
  made.remote_url = is_web_url(resource.iri)          ? resource.iri
                    : !resource.documentation.empty() ? resource.documentation.front().value
                                                      : std::string();
  if (mapping != nullptr) {
    mapping->begin_record(made.remote_id);
    tally(metadata, reader.consumed(), *mapping);
  }
  made.raw = std::move(raw);
  return made;
}

}  // namespace moisson::harvesters

#include "tests/families/datagouv.h"

#include "core/json.h"
#include "core/url.h"
#include "store/writer.h"

#include <moisson/core/uuid.h>
#include <moisson/harvest/harvester.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <stdexcept>
#include <tuple>
#include <unordered_map>

namespace moisson::test {
namespace {

struct KnownPortal {
  std::string_view domain;
  std::string_view kind;
};

// Of three kinds, and as large as they come.
constexpr std::array known_portals{
    KnownPortal{"ogc.geo-ide.developpement-durable.gouv.fr", "csw"},
    KnownPortal{"data.ofb.fr", "csw"},
    KnownPortal{"ckan.openig.org", "ckan"},
    KnownPortal{"trouver.datasud.fr", "ckan"},
    KnownPortal{"grandest-moissonnage.data4citizen.com", "ckan"},
    KnownPortal{"data.laregion.fr", "dcat"},
    KnownPortal{"data.iledefrance.fr", "dcat"},
    KnownPortal{"data.toulouse-metropole.fr", "dcat"},
    KnownPortal{"opendata.paris.fr", "dcat"},
    KnownPortal{"data.rennesmetropole.fr", "dcat"},
    KnownPortal{"data.drees.solidarites-sante.gouv.fr", "dcat"},
};

constexpr std::size_t batch_size = 500;

template <class T>
T must(Result<T>&& result) {
  if (!result) throw std::runtime_error(to_string(result.error()));
  return std::move(*result);
}
void must(Result<void>&& result) {
  if (!result) throw std::runtime_error(to_string(result.error()));
}

std::string text(json::View row, std::string_view key) { return std::string(row[key].string().value_or("")); }

std::string package(json::View row) {
  json::Writer out;
  out.begin_object().field("id", text(row, "id")).field("name", text(row, "slug")).field("title", text(row, "title"));
  out.field("notes", text(row, "description")).field("url", text(row, "url")).key("organization").begin_object();
  out.field("id", text(row, "organization_id")).field("title", text(row, "organization")).end_object();
  out.key("extras").begin_array();
  for (const auto& [key, name] :
       {std::pair{"harvest.remote_url", "harvest_remote_url"}, std::pair{"harvest.domain", "harvest_domain"}})
    if (const auto value = text(row, key); !value.empty())
      out.begin_object().field("key", name).field("value", value).end_object();
  out.end_array().end_object();
  return out.take();
}

std::string last_segment(std::string_view address) {
  while (address.ends_with('/')) address.remove_suffix(1);
  return std::string(address.substr(address.find_last_of('/') + 1));
}

std::string literal(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    c == '\n' ? void(out += "\\n") : c == '\r' ? void(out += "\\r") : void(out += c);
  }
  return out + "\"@fr";
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) c == '&' ? void(out += "&amp;") : c == '<' ? void(out += "&lt;") : void(out += c);
  return out;
}

// Its id is its own: CKAN's harvesters of other makers number anew.
harvest::RawSource ckan_form(const std::string& base, const PortalRecord& record) {
  json::Writer out;
  out.begin_object().field("id", record_uuid(base, record.address)).field("name", last_segment(record.address));
  out.field("title", record.title).field("notes", record.description).key("organization").begin_object();
  out.field("title", record.publisher).end_object().end_object();
  return {"application/json", out.take(), base + "/api/3/action/package_search", "/result/results/0"};
}

// As Opendatasoft's export: the IRI is the page, the identifier a name inside the portal.
harvest::RawSource dcat_form(const std::string& base, const PortalRecord& record) {
  const std::string subject = "<" + record.address + ">";
  std::string lines =
      subject + " <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/dcat#Dataset> .\n";
  const auto say = [&](std::string_view property, const std::string& object) {
    lines.append(subject)
        .append(" <http://purl.org/dc/terms/")
        .append(property)
        .append("> ")
        .append(object)
        .append(" .\n");
  };
  say("title", literal(record.title));
  say("description", literal(record.description));
  say("identifier", "\"" + last_segment(record.address) + "\"");
  lines += subject + " <http://www.w3.org/ns/dcat#landingPage> " + subject + " .\n";
  return {"text/turtle", lines, base + "/api/explore/v2.1/catalog/exports/dcat", subject};
}

harvest::RawSource csw_form(const std::string& base, const PortalRecord& record) {
  const auto field = [](std::string_view name, std::string_view value) {
    return "<gmd:" + std::string(name) + "><gco:CharacterString>" + escaped(value) +
           "</gco:CharacterString></gmd:" + std::string(name) + ">";
  };
  std::string xml =
      R"(<gmd:MD_Metadata xmlns:gmd="http://www.isotc211.org/2005/gmd" xmlns:gco="http://www.isotc211.org/2005/gco">)";
  xml += field("fileIdentifier", last_segment(record.address));
  xml += "<gmd:identificationInfo><gmd:MD_DataIdentification><gmd:citation><gmd:CI_Citation>" +
         field("title", record.title);
  xml += "</gmd:CI_Citation></gmd:citation>" + field("abstract", record.description);
  xml += "</gmd:MD_DataIdentification></gmd:identificationInfo></gmd:MD_Metadata>";
  return {"application/xml", xml, base + "/csw", "1:1"};
}

harvest::HarvestSource source_at(std::string_view domain, std::string_view kind) {
  harvest::HarvestSource source;
  for (const char c : domain) source.id += c == '.' ? '-' : c;
  source.title = domain;
  source.kind = kind;
  source.url = "https://" + std::string(domain);
  source.language = "fr";
  return source;
}

// Runs one job that takes raw(0) … raw(count - 1).
template <class Raw>
void harvest_all(store::Store& store, const harvest::HarvestSource& source, std::size_t count, Raw raw) {
  const auto& harvester = *harvest::find_harvester(source.kind);
  const store::Mapping mapping(source, harvester.mapping_version());
  must(store.writer().put_source(source));
  auto run = must(store.writer().begin(source.id, true));
  store::Batch batch;
  for (std::size_t i = 0; i < count; ++i) {
    auto record = harvester.map(source, raw(i));
    if (record) batch.drafts.push_back(must(store::make_draft(std::move(*record), mapping)));
    if (batch.drafts.size() < batch_size && i + 1 < count) continue;
    must(run.apply(batch));
    batch = {};
  }
  must(run.end(harvest::JobOutcome::succeeded, std::nullopt, std::nullopt));
}

const harvest::HarvestSource& aggregator() {
  static const auto source = source_at("www.data.gouv.fr", "ckan");
  return source;
}

// The remote id that a portal's record gets, by its kind.
std::string remote_id_of(const Portal& portal, const PortalRecord& record) {
  if (portal.source.kind == "ckan") return record_uuid(portal.source.url, record.address);
  return portal.source.kind == "dcat" ? record.address : last_segment(record.address);
}

std::string why(const std::vector<store::FamilyCopy>& copies, const std::string& id) {
  for (const auto& copy : copies)
    if (copy.id == id && !copy.why.empty())
      return std::string(to_string(copy.why[0].mine)) + " = " + std::string(to_string(copy.why[0].its)) +
             (copy.direct ? "" : " (of another copy)");
  return {};
}

}  // namespace

std::string id_in(const PortalRecord& record) { return last_segment(record.address); }

Corpus read_corpus(const std::filesystem::path& path) {
  Corpus corpus;
  std::map<std::string, std::size_t> portal_at;
  for (const auto& known : known_portals) {
    portal_at[std::string(known.domain)] = corpus.portals.size();
    corpus.portals.push_back({source_at(known.domain, known.kind), {}});
  }
  std::unordered_map<std::string, std::size_t> record_at;  // by portal and address
  std::ifstream lines(path);
  for (std::string line; std::getline(lines, line);) {
    const auto document = json::Document::parse(line);
    if (!document) continue;
    const auto row = document->root();
    CopyRow copy{text(row, "id"), text(row, "title"), text(row, "organization"), text(row, "harvest.remote_url")};
    const auto portal = portal_at.find(text(row, "harvest.domain"));
    if (portal != portal_at.end() && is_iri(copy.origin) && is_web_url(copy.origin)) {
      auto& records = corpus.portals[portal->second].records;
      const auto [at, fresh] = record_at.emplace(portal->first + ' ' + copy.origin, records.size());
      // Rows come newest first: the portal says today what its last copy says.
      if (fresh) records.push_back({copy.origin, copy.title, text(row, "description"), copy.publisher});
      copy.portal = portal->second;
      copy.record = at->second;
    }
    corpus.packages.push_back(package(row));
    corpus.rows.push_back(std::move(copy));
  }
  return corpus;
}

void harvest_corpus(store::Store& store, const Corpus& corpus, bool portals_first) {
  const auto copies = [&] {
    harvest_all(store, aggregator(), corpus.packages.size(), [&](std::size_t i) {
      return harvest::RawSource{"application/json", corpus.packages[i],
                                aggregator().url + "/api/3/action/package_search", "/result/results/0"};
    });
  };
  if (!portals_first) copies();
  for (const auto& portal : corpus.portals)
    harvest_all(store, portal.source, portal.records.size(), [&](std::size_t i) {
      const auto& record = portal.records[i];
      return portal.source.kind == "ckan"   ? ckan_form(portal.source.url, record)
             : portal.source.kind == "dcat" ? dcat_form(portal.source.url, record)
                                            : csw_form(portal.source.url, record);
    });
  if (portals_first) copies();
}

std::uint64_t Judgement::right() const {
  std::uint64_t count = 0;
  for (const auto& pair : pairs) count += pair.right ? 1 : 0;
  return count;
}

Judgement judge(const store::Store& store, const Corpus& corpus) {
  struct Place {
    std::size_t portal = 0, record = 0;
  };
  std::unordered_map<std::string, Place> places;  // by source and remote id
  for (std::size_t p = 0; p < corpus.portals.size(); ++p)
    for (std::size_t r = 0; r < corpus.portals[p].records.size(); ++r)
      places[corpus.portals[p].source.id + ' ' + remote_id_of(corpus.portals[p], corpus.portals[p].records[r])] = {p,
                                                                                                                   r};
  std::unordered_map<std::string, std::size_t> row_at;
  for (std::size_t i = 0; i < corpus.rows.size(); ++i) row_at[corpus.rows[i].id] = i;

  struct Family {
    std::vector<std::size_t> rows;
    std::vector<std::pair<Place, std::string>> originals;  // with their ids
    std::string leader;
  };
  std::unordered_map<std::string, Family> families;
  for (std::uint64_t after = 0;;) {
    const auto page = must(store.records_after(after, 2'000));
    if (page.empty()) break;
    after = page.back().row;
    for (const auto& record : page) {
      auto& family = families[record.family_id];
      if (record.source_id == aggregator().id)
        family.rows.push_back(row_at.at(record.remote_id));
      else
        family.originals.emplace_back(places.at(record.source_id + ' ' + record.remote_id), record.id);
    }
  }
  Judgement judged;
  for (const auto& row : corpus.rows) judged.known += row.portal != SIZE_MAX ? 1 : 0;
  for (const auto& [leader, family] : families) {
    if (family.rows.size() + family.originals.size() < 2) continue;
    ++judged.families;
    for (const auto row : family.rows) {
      const auto& copy = corpus.rows[row];
      for (const auto& [place, id] : family.originals) {
        const bool right = copy.portal == place.portal && copy.record == place.record;
        judged.found += right ? 1 : 0;
        judged.led += right && id == leader ? 1 : 0;
        judged.pairs.push_back({row, place.portal, place.record, right});
      }
    }
  }
  std::sort(judged.pairs.begin(), judged.pairs.end(), [](const LinkedPair& a, const LinkedPair& b) {
    return std::tie(a.row, a.portal, a.record) < std::tie(b.row, b.portal, b.record);
  });
  return judged;
}

std::string why_linked(const store::Store& store, const Corpus& corpus, const LinkedPair& pair) {
  const Portal& portal = corpus.portals[pair.portal];
  return why(must(store.family(record_uuid(aggregator().id, corpus.rows[pair.row].id))),
             record_uuid(portal.source.id, remote_id_of(portal, portal.records[pair.record])));
}

}  // namespace moisson::test

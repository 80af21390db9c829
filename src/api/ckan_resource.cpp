#include "api/ckan_resource.h"

#include "api/ckan_date.h"
#include "api/ckan_text.h"
#include "core/hash.h"
#include "core/text.h"
#include "core/url.h"
#include "dcat/vocabulary.h"

#include <moisson/core/uuid.h>

#include <fmt/core.h>

#include <map>
#include <optional>

namespace moisson::api::ckan {
namespace {

constexpr std::size_t kept_characters = 23;  // "xxxxxxxx-xxxx-xxxx-xxxx": ten bytes

const std::vector<dcat::Iri>* end_points(const Package& package) {
  const auto* service = std::get_if<dcat::DataService>(&package.record);
  return service ? &service->endpoint_url : nullptr;
}

std::string_view first(const std::vector<dcat::Iri>& iris) {
  return iris.empty() ? std::string_view{} : std::string_view(iris.front().value);
}

std::string distinction(const dcat::Distribution& distribution) {
  if (!distribution.iri.empty()) return distribution.iri;
  if (!distribution.download_url.empty()) return distribution.download_url.front().value;
  if (!distribution.access_url.empty()) return distribution.access_url.front().value;
  return distribution.title.empty() ? std::string() : distribution.title.front().value;
}

// A concept as a word: its label, else the end of its IRI ("CSV"; "text/csv" of IANA's register).
std::string word_of(const std::optional<dcat::Concept>& stated) {
  if (!stated) return {};
  if (!stated->label.empty()) return stated->label.front().value;
  static constexpr std::string_view register_of_types = "/media-types/";
  const std::string_view iri = stated->iri;
  if (const auto at = iri.find(register_of_types); at != std::string_view::npos)
    return std::string(iri.substr(at + register_of_types.size()));
  return std::string(iri.substr(iri.find_last_of("/#") + 1));
}

// What its publisher said: an IRI, unless that is what we concluded from their words.
std::string stated(const dcat::Concept& term) { return term.iri.empty() || term.guessed ? word_of(term) : term.iri; }

std::string resource_format(const dcat::Distribution& distribution) {
  const auto* known = dcat::format_of(distribution);
  return known ? std::string(known->label) : word_of(distribution.format);
}

void write_or_null(json::Writer& out, std::string_view key, std::string_view text) {
  out.key(key);
  text.empty() ? out.null() : out.string(text);
}

void write_if(json::Writer& out, std::string_view key, std::string_view text) {
  if (!text.empty()) out.field(key, text);
}

void write_moment(json::Writer& out, std::string_view key, const std::optional<Moment>& moment) {
  write_or_null(out, key, moment ? format_date(moment->instant) : std::string());
}

// What CKAN has no key for, flat beside the others, as ckanext-dcat names it.
void write_custom(json::Writer& out, const dcat::Distribution& distribution, const Package& package,
                  const Context& context) {
  const auto words = words_language(package, context);
  write_translations(out, "name_translated", distribution.title, words);
  write_translations(out, "description_translated", distribution.description, words);
  write_if(out, "uri", distribution.iri);
  write_if(out, "access_url", first(distribution.access_url));
  write_if(out, "download_url", first(distribution.download_url));
  if (distribution.licence) write_if(out, "license", stated(*distribution.licence));
  if (distribution.format)
    if (const auto own = stated(*distribution.format); own != resource_format(distribution))
      write_if(out, "format_stated", own);
  write_if(out, "rights", text_of(distribution.rights, package, context));
  if (distribution.checksum) write_if(out, "hash_algorithm", distribution.checksum->algorithm);
  if (distribution.issued) out.field("issued", format_moment(*distribution.issued));
  if (distribution.modified) out.field("modified", format_moment(*distribution.modified));
  if (distribution.availability) write_if(out, "availability", distribution.availability->iri);
  if (distribution.compress_format) write_if(out, "compress_format", distribution.compress_format->iri);
  if (distribution.package_format) write_if(out, "package_format", distribution.package_format->iri);
  if (!distribution.conforms_to.empty()) {
    json::Writer list;
    list.begin_array();
    for (const auto& iri : distribution.conforms_to) list.string(iri.value);
    list.end_array();
    out.field("conforms_to", list.text());
  }
}

}  // namespace

std::size_t resource_count(const Package& package) {
  if (const auto* points = end_points(package)) return points->size();
  return dcat::distributions(package.record).size();
}

std::vector<std::string> resource_ids(const Package& package) {
  std::vector<std::string> ids;
  std::map<std::string, int> met;
  const auto add = [&](const std::string& what) {
    // Two that nothing distinguishes are told apart by their order.
    const auto hash = hash64(what + "#" + std::to_string(met[what]++));
    ids.push_back(std::string(cut(package.stored.id, kept_characters)) + fmt::format("-{:012x}", hash >> 16));
  };
  if (const auto* points = end_points(package))
    for (const auto& point : *points) add(point.value);
  else
    for (const auto& distribution : dcat::distributions(package.record)) add(distinction(distribution));
  return ids;
}

std::string record_beginning(std::string_view resource_id) {
  if (!is_uuid(resource_id)) return {};
  return std::string(resource_id.substr(0, kept_characters)) + "*";
}

ResourceText resource_text(const Package& package, std::size_t number, const Context& context) {
  ResourceText text;
  if (const auto* points = end_points(package)) {
    text.url = (*points)[number].value;
    text.name = text_of(dcat::resource(package.record).title, package, context);
  } else {
    const auto& distribution = dcat::distributions(package.record)[number];
    text.url = first(distribution.download_url.empty() ? distribution.access_url : distribution.download_url);
    text.format = resource_format(distribution);
    text.name = text_of(distribution.title, package, context);
    text.description = text_of(distribution.description, package, context);
    if (distribution.checksum) text.hash = distribution.checksum->value;
  }
  if (!is_web_url(text.url)) text.url = context.links.dataset(package.stored.id);
  return text;
}

void write_resource(json::Writer& out, const Package& package, std::size_t number, std::string_view id,
                    const Context& context) {
  static const dcat::Distribution no_distribution;
  const bool service = end_points(package) != nullptr;
  const auto& distribution = service ? no_distribution : dcat::distributions(package.record)[number];
  const auto text = resource_text(package, number, context);
  out.begin_object().field("id", id).field("package_id", package.stored.id).field("name", text.name);
  out.field("description", text.description).field("url", text.url).field("format", text.format);
  write_or_null(out, "mimetype", word_of(distribution.media_type));
  out.key("mimetype_inner").null().key("size");
  distribution.byte_size ? out.unsigned_integer(*distribution.byte_size) : out.null();
  out.field("hash", text.hash);
  out.field("created", format_date(distribution.issued ? distribution.issued->instant : package.stored.first_seen));
  write_moment(out, "last_modified", distribution.modified);
  out.field("metadata_modified", format_date(package.stored.last_changed));
  out.key("position").unsigned_integer(number).key("resource_type");
  service ? out.string("api") : out.null();
  out.key("url_type").null().key("cache_url").null().key("cache_last_updated").null().field("state", "active");
  write_custom(out, distribution, package, context);
  out.end_object();
}

}  // namespace moisson::api::ckan

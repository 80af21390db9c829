#include "dcat/identity.h"

#include "core/text.h"
#include "core/url.h"

#include <moisson/core/uuid.h>

#include <algorithm>
#include <array>

namespace moisson::dcat {
namespace {

constexpr std::size_t longest_key = 2'000;  // bytes
constexpr std::size_t most_keys = 16;
constexpr std::size_t uuid_length = 36;

constexpr std::array<std::string_view, 7> words{"iri",  "identifier", "other_identifier", "portal_id",
                                                "page", "origin_id",  "origin_url"};

// What is written for want of an id: 00000000-…, ffffffff-….
bool is_filler(std::string_view uuid) {
  std::array<bool, 128> met{};
  for (const char c : uuid)
    if (c != '-') met[static_cast<unsigned char>(c) & 0x7f] = true;
  return std::count(met.begin(), met.end(), true) < 4;
}

// 32 digits without dashes (ArcGIS items, some CKAN ids) are the same UUID.
std::string with_dashes(std::string_view digits) {
  std::string uuid(digits);
  for (const std::size_t at : {8U, 13U, 18U, 23U}) uuid.insert(at, 1, '-');
  return uuid;
}

bool is_hexadecimal(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); });
}

bool holds_uuid(std::string_view text) {
  for (std::size_t at = 0; at + uuid_length <= text.size(); ++at)
    if (const auto part = text.substr(at, uuid_length); is_uuid(part) && !is_filler(part)) return true;
  return false;
}

// Of the forms that DOIs are written in (doi.org's guidance), the name: 10.NNNN/…; names are compared without case.
std::string_view doi_name(std::string_view text) {
  for (const std::string_view before :
       {"https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi:", "DOI:"})
    if (text.starts_with(before)) text.remove_prefix(before.size());
  text = trim(text);
  const auto slash = text.find('/');
  const bool doi = text.starts_with("10.") && slash != std::string_view::npos && slash >= 7 &&
                   slash + 1 < text.size() && text.find(' ') == std::string_view::npos;
  return doi ? text : std::string_view{};
}

std::string authority_of(const Url& url) {
  const bool usual = url.port == 0 || url.port == 80 || url.port == 443;
  return usual ? url.host : url.host + ':' + std::to_string(url.port);
}

// "//host/path?query#fragment"; nothing for a host alone, which is a portal and no record.
std::string address_key(std::string_view text) {
  const auto url = parse_url(text);
  if (!url || url->host.empty()) return {};
  std::string_view path = url->path;
  while (path.ends_with('/')) path.remove_suffix(1);
  if (path.empty() && url->query.empty() && url->fragment.empty()) return {};
  std::string key = "//" + authority_of(*url);
  key.append(path);
  if (!url->query.empty()) key.append("?").append(url->query);
  if (!url->fragment.empty()) key.append("#").append(url->fragment);
  return key;
}

// GeoNetwork's addresses end in the id of the metadata record, which is unique in the world:
// …/catalog.search#/metadata/{id}, …/api/records/{id}, …?uuid={id}.
std::string id_at_end(std::string_view address) {
  std::string key = unique_key(address.substr(address.find_last_of("/#=") + 1));
  return key.starts_with("uuid:") || key.starts_with("id:") ? key : std::string{};
}

class Keys {
 public:
  void add(Signal signal, std::string value) {
    if (value.empty() || value.size() > longest_key || keys_.size() >= most_keys) return;
    const bool control =
        std::any_of(value.begin(), value.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
    if (control || std::any_of(keys_.begin(), keys_.end(), [&](const auto& known) { return known.value == value; }))
      return;
    keys_.push_back({signal, std::move(value)});
  }

  // An id that means something at its portal only is one together with the portal.
  void add_id(Signal signal, std::string_view id, std::string_view portal) {
    id = trim(id);
    std::string key = unique_key(id);
    if (key.empty() && !portal.empty() && !id.empty()) key.append(portal).append(" ").append(id);
    add(signal, std::move(key));
  }

  void add_page(std::string_view address, std::string_view portal) {
    std::string key = address_key(address);
    if (!portal.empty() && portal_of_key(key) == portal) add(Signal::page, std::move(key));
  }

  std::vector<IdentityKey> take() { return std::move(keys_); }

 private:
  std::vector<IdentityKey> keys_;
};

}  // namespace

std::string_view to_string(Signal signal) { return words[static_cast<std::size_t>(signal)]; }

std::optional<Signal> signal(std::string_view word) {
  const auto found = std::find(words.begin(), words.end(), word);
  if (found == words.end()) return std::nullopt;
  return static_cast<Signal>(found - words.begin());
}

std::string unique_key(std::string_view text) {
  text = trim(text);
  if (text.empty() || text.size() > longest_key) return {};
  if (const auto doi = doi_name(text); !doi.empty()) return "doi:" + lower_ascii(doi);
  std::string_view bare = text;
  if (lower_ascii(bare.substr(0, 9)) == "urn:uuid:") bare.remove_prefix(9);
  if (bare.size() == uuid_length + 2 && bare.front() == '{' && bare.back() == '}') bare = bare.substr(1, uuid_length);
  std::string uuid = bare.size() == 32 && is_hexadecimal(bare) ? with_dashes(bare) : std::string(bare);
  if (is_uuid(uuid)) return is_filler(uuid) ? std::string{} : "uuid:" + lower_ascii(uuid);
  if (is_web_url(text)) return address_key(text);
  const auto colon = text.find(':');
  const std::string scheme = colon == std::string_view::npos ? std::string{} : lower_ascii(text.substr(0, colon));
  if ((scheme == "urn" || scheme == "ark") && is_iri(text)) return scheme + std::string(text.substr(colon));
  // fr-120066022-jdd-e139cf31-02a9-4a01-b09f-27392be74957: what the INSPIRE catalogs of France make of one.
  return holds_uuid(text) ? "id:" + lower_ascii(text) : std::string{};
}

std::string portal_of(std::string_view address) {
  const auto url = parse_url(address);
  return url ? authority_of(*url) : lower_ascii(trim(address.substr(0, address.find('/'))));
}

std::string_view portal_of_key(std::string_view key) {
  if (!key.starts_with("//")) return key.substr(0, key.find(' ') == std::string_view::npos ? 0 : key.find(' '));
  key.remove_prefix(2);
  return key.substr(0, key.find_first_of("/?#"));
}

std::vector<IdentityKey> identity_keys(const harvest::HarvestedRecord& record) {
  const Resource& said = resource(record.record);
  const std::string portal = portal_of(record.raw.page_url);
  Keys keys;
  const std::string origin = record.origin.portal.empty() ? std::string{} : portal_of(record.origin.portal);
  for (const auto& id : record.origin.ids) keys.add_id(Signal::origin_id, id, origin);
  for (const auto& url : record.origin.urls) {
    std::string address = address_key(url);
    if (address.empty() || portal_of_key(address) == portal)
      continue;  // a page of the own portal tells of no other one
    keys.add(Signal::origin_id, id_at_end(url));
    keys.add(Signal::origin_url, std::move(address));
  }
  keys.add(Signal::iri, unique_key(said.iri));
  for (const auto& id : said.identifier) keys.add(Signal::identifier, unique_key(id));
  keys.add_id(Signal::portal_id, record.remote_id, portal);
  keys.add_page(record.remote_url, portal);
  for (const auto& page : said.landing_page) keys.add_page(page.value, portal);
  for (const auto& id : said.other_identifier) keys.add(Signal::other_identifier, unique_key(id));
  return keys.take();
}

}  // namespace moisson::dcat

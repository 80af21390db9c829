#include "harvesters/ckan_endpoint.h"

#include "core/url.h"
#include "harvesters/ckan_package.h"

#include <optional>
#include <string_view>
#include <utility>

namespace moisson::harvesters {
namespace {

// Where portals have been met that moved their API below the address people know (data.gov, data.go.id).
constexpr std::string_view bases[] = {"", "/data", "/catalog", "/ckan"};

// The order of pages must not drift; not every portal can sort by id (DKAN's and some forks' search refuse it).
constexpr std::string_view sorts[] = {"id asc", "name asc", ""};

// The portal's address, without what stands behind it for people.
Result<std::string> root_of(const std::string& address) {
  auto url = parse_url(address);
  if (!url) return at("url", url.error());
  if (!is_web_url(address)) return at("url", Error{ErrorCode::invalid_input, "not a web address", "", ""});
  url->query.clear();
  url->has_query = false;
  url->fragment.clear();
  return ckan_portal(url->text());
}

// By what it asks of this base: an order that the portal takes, by GET or POST.
Result<CkanEndpoint> ask(net::Fetcher& fetcher, const std::string& base, const std::string& filter,
                         const std::string& key) {
  auto asking = CkanApi::Asking::by_get;
  std::optional<Error> first;
  for (std::size_t i = 0; i < std::size(sorts);) {
    auto api = std::make_unique<CkanApi>(fetcher, base, std::string(sorts[i]), key, asking);
    const auto page = api->search({filter, "", 0, 0});
    if (page) return CkanEndpoint{std::move(api), page->count, {}};
    const Error& error = page.error();
    if (asking == CkanApi::Asking::by_get && error.message.starts_with("405")) {
      asking = CkanApi::Asking::by_post;
      continue;
    }
    if (!first) first = error;
    if (error.code != ErrorCode::invalid_input) break;  // only a refused parameter is mended by another order
    ++i;
  }
  return *first;
}

}  // namespace

Result<CkanEndpoint> find_ckan_endpoint(net::Fetcher& fetcher, const std::string& address,
                                        const std::string& remembered, const std::string& filter,
                                        const std::string& key) {
  const auto root = root_of(address);
  if (!root) return root.error();
  std::vector<std::string> candidates;
  if (remembered.starts_with(*root)) candidates.push_back(remembered);
  for (const auto path : bases)
    if (std::string base = *root + std::string(path); candidates.empty() || candidates.front() != base)
      candidates.push_back(std::move(base));

  std::optional<Error> first;
  for (const std::string& base : candidates) {
    auto found = ask(fetcher, base, filter, key);
    if (found) {
      if (base != *root)
        found->remarks.push_back({"api_moved", address, "the API answers at " + base, "register this address"});
      if (found->api->sort().empty())
        found->remarks.push_back(
            {"sort_refused", address, "the portal cannot sort its pages; they may drift while they are read", ""});
      return found;
    }
    if (!first) first = std::move(found.error());
    const bool moved = first->code == ErrorCode::not_found || first->code == ErrorCode::refused ||
                       first->code == ErrorCode::invalid_input;
    if (!moved || first->cause == "address_blocked") break;
  }
  return *first;
}

}  // namespace moisson::harvesters

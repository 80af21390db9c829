#include "api/client_family.h"

#include "core/text.h"

#include <string>

namespace moisson::api {
namespace {

using store::ClientFamily;

struct Row {
  std::string_view word;  // in lower case
  ClientFamily family;
};

// In their order: programs that fetch a page for a person who asked, before the crawlers of the same houses; catalogs
// that harvest catalogs, before crawlers at large; and browsers last, because nearly everybody says "Mozilla".
constexpr Row rows[] = {
    {"chatgpt-user", ClientFamily::assistant},
    {"claude-user", ClientFamily::assistant},
    {"perplexity-user", ClientFamily::assistant},
    {"mistralai-user", ClientFamily::assistant},
    {"duckassistbot", ClientFamily::assistant},
    {"mcp", ClientFamily::assistant},
    {"moisson/", ClientFamily::harvester},
    {"ckanext-harvest", ClientFamily::harvester},
    {"ckanapi", ClientFamily::harvester},
    {"ckan", ClientFamily::harvester},
    {"udata", ClientFamily::harvester},
    {"data.gouv.fr", ClientFamily::harvester},
    {"data.europa.eu", ClientFamily::harvester},
    {"piveau", ClientFamily::harvester},
    {"magda", ClientFamily::harvester},
    {"geonetwork", ClientFamily::harvester},
    {"oai-pmh", ClientFamily::harvester},
    {"harvest", ClientFamily::harvester},
    {"bot", ClientFamily::bot},
    {"crawl", ClientFamily::bot},
    {"spider", ClientFamily::bot},
    {"slurp", ClientFamily::bot},
    {"facebookexternalhit", ClientFamily::bot},
    {"ia_archiver", ClientFamily::bot},
    {"uptime", ClientFamily::bot},
    {"headlesschrome", ClientFamily::script},
    {"mozilla/", ClientFamily::browser},
    {"opera/", ClientFamily::browser},
    {"lynx/", ClientFamily::browser},
    {"links (", ClientFamily::browser},
    {"w3m/", ClientFamily::browser},
};

}  // namespace

ClientFamily client_family(std::string_view user_agent, std::string_view path) {
  if (path == "/mcp") return ClientFamily::assistant;
  const std::string name = lower_ascii(user_agent);
  for (const Row& row : rows)
    if (name.find(row.word) != std::string::npos) return row.family;
  return ClientFamily::script;
}

}  // namespace moisson::api

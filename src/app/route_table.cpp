#include "app/route_table.h"

#include "api/mcp.h"
#include "api/openapi.h"
#include "api/routes.h"
#include "store/usage_book.h"
#include "web/routes.h"

#include <iterator>

namespace moisson::app {
namespace {

web::Theme theme_of(const ThemeConfiguration& theme) {
  return {theme.neutral_hue, theme.accent_hue, theme.accent_chroma, theme.radius, theme.title_font};
}

}  // namespace

web::Context web_context(Instance& instance, auth::Desk& desk) {
  const auto& configuration = instance.configuration();
  return {instance.store(),
          instance.slot(),
          instance.links(),
          instance.control(),
          instance.clock(),
          configuration.catalog.title,
          configuration.catalog.language,
          MOISSON_BUILD,
          configuration.catalog.contact,
          std::make_shared<const web::Style>(theme_of(configuration.theme)),
          &desk,
          &instance.store().outbox(),
          !configuration.mail.server.empty()};
}

Result<std::vector<http::Route>> route_table(Instance& instance, auth::Desk& desk,
                                             std::function<http::ServerFigures()> figures) {
  const auto& configuration = instance.configuration();
  const api::Context api{instance.store(),
                         instance.slot(),
                         instance.links(),
                         instance.control(),
                         instance.clock(),
                         configuration.catalog.title,
                         configuration.catalog.language,
                         MOISSON_BUILD,
                         [&instance] { return instance.projection().lag(); },
                         std::move(figures),
                         [&instance](std::string_view key, std::string_view name) {
                           return instance.store().usage().name_client(key, name);
                         }};
  auto pages = web::routes(web_context(instance, desk));
  if (!pages) return pages.error();
  auto routes = api::routes(api);
  routes.push_back(api::mcp_route(routes, api));
  routes.insert(routes.end(), std::make_move_iterator(pages->begin()), std::make_move_iterator(pages->end()));
  routes.push_back(api::openapi_route(routes, api));
  return routes;
}

}  // namespace moisson::app

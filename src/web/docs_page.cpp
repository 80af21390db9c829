#include "web/embedded.h"
#include "web/pages.h"

namespace moisson::web {

http::Response docs_page(const Page& page) {
  const links::Links& links = page.context().links;
  Model model;
  model.set("DESCRIPTION_URL", page.plain(links.page("/openapi.json")))
      .set("REUSE_URL", page.local(links.page("/reuse")))
      .set("MCP", links.page("/mcp"))
      .set("CKAN", links.page("/api/3/action/package_search"))
      .set("DCAT", links.page("/catalog"))
      .set("JSON", links.page("/api/v1/datasets"));
  const bool interactive = embedded("assets/swagger-ui-bundle.js").data() != nullptr;
  if (interactive)
    model.add("SWAGGER")
        .set("SHEET_URL", page.plain(links.asset("swagger-ui.css")))
        .set("BUNDLE_URL", page.plain(links.asset("swagger-ui-bundle.js")))
        .set("START_URL", page.plain(links.asset("docs.js")))
        .set("LICENCE_URL", page.plain(links.asset("swagger-ui.LICENSE.txt")));
  else
    model.show("PLAIN");
  return page.render("docs.html", model,
                     {.title = std::string(page.words()("docs.title")),
                      .summary = std::string(page.words()("docs.lead")),
                      .canonical = links.page("/docs"),
                      .section = Section::api,
                      .section_is_page = true,
                      .guest = interactive ? Guest::swagger_ui : Guest::none},
                     page.etag({"docs"}));
}

}  // namespace moisson::web

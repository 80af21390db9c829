#include "store/usage_book.h"
#include "web/pages.h"
#include "web/typography.h"

#include <chrono>

namespace moisson::web {
namespace {

constexpr std::chrono::days shown_days{30};

}  // namespace

http::Response clients_page(const Page& page) {
  const Words& words = page.words();
  const Instant now = page.now();
  const auto clients = page.context().store.usage().named_clients(now - shown_days, now + std::chrono::hours(1));
  if (!clients) return page.failed(clients.error());
  Model model;
  model.set("BASE", page.context().links.base());
  if (clients->empty()) model.show("NOBODY");
  if (!clients->empty()) {
    Model& table = model.add("CLIENTS");
    for (const store::ClientTotal& client : *clients)
      table.add("CLIENT")
          .set("NAME", client.name)
          .set("REQUESTS", number(words, client.counts.requests))
          .set("SEARCHES", number(words, client.counts.searches))
          .set("VIEWS", number(words, client.counts.views));
  }
  return page.render("clients.html", model,
                     {.title = std::string(words("clients.title")),
                      .summary = std::string(words("clients.lead")),
                      .canonical = page.context().links.page("/stats/clients"),
                      .section = Section::stats});
}

}  // namespace moisson::web

// Context: what the pages are made from. References outlive the routes; copying is cheap. Thread-safe as its parts are.
#pragma once

#include "index/snapshot.h"
#include "links/links.h"
#include "store/store.h"
#include "web/style.h"

#include <moisson/core/time.h>
#include <moisson/harvest/control.h>

#include <memory>
#include <string>

namespace moisson::auth {
class Desk;
}
namespace moisson::store {
class Outbox;
}

namespace moisson::web {

struct Context {
  const store::Store& store;
  const index::SnapshotSlot& slot;
  links::Links links;
  harvest::HarvestControl& control;
  const Clock& clock;
  std::string title;         // of the site, in the head of every page
  std::string language;      // of readers whose browser asks for none that we have: BCP 47
  std::string build;         // part of every ETag, shown on /about
  std::string contact = {};  // of the operator: a mail address or a web page; empty: none given
  std::shared_ptr<const Style> style = std::make_shared<const Style>(Theme{});
  auth::Desk* desk = nullptr;  // where people sign in; null: a site without accounts, whose pages for them do not exist
  store::Outbox* outbox = nullptr;  // where they say what they want to be told of; goes with the desk
  bool mails = false;               // the site sends mail
};

}  // namespace moisson::web

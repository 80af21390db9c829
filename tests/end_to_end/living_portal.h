// A CKAN portal that lives: packages are created, edited, removed, and given another id. One thread changes it.
#pragma once

#include "portal/ckan_portal.h"

#include <cstdint>
#include <iterator>
#include <map>
#include <random>
#include <set>
#include <string>

namespace moisson::test {

class LivingPortal {
 public:
  // The first `lasting` packages are edited, but never removed or moved.
  explicit LivingPortal(int packages, int lasting = 0) {
    for (int n = 0; n < packages; ++n) create();
    for (const auto& [id, title] : titles_)
      if (static_cast<int>(lasting_.size()) < lasting) lasting_.insert(id);
  }
  std::string url() const { return portal_.url(); }
  const std::set<std::string>& lasting() const { return lasting_; }

  void change(std::mt19937& chance) {
    const auto what = chance() % 10;
    auto chosen = titles_.begin();
    std::advance(chosen, static_cast<std::ptrdiff_t>(chance() % titles_.size()));
    if (what < 4) return put(chosen->first, "Titre " + std::to_string(++serial_));
    if (what < 6 || lasting_.contains(chosen->first)) return create();
    const auto [id, title] = *chosen;
    portal_.remove(id);
    titles_.erase(chosen);
    if (what < 8) put("moved-" + std::to_string(++serial_), title);
  }

 private:
  void create() {
    ++serial_;
    put(numbered(static_cast<std::uint64_t>(serial_)), "Titre " + std::to_string(serial_));
  }
  void put(const std::string& id, const std::string& title) {
    titles_[id] = title;
    // The file keeps its address when the package is given another id.
    std::string package = ckan_package(id, title);
    const std::string own = "/" + id + ".csv";
    package.replace(package.find(own), own.size(), "/" + title.substr(title.rfind(' ') + 1) + ".csv");
    portal_.put(id, package);
  }

  CkanPortal portal_;
  std::map<std::string, std::string> titles_;
  std::set<std::string> lasting_;
  int serial_ = 0;
};

}  // namespace moisson::test

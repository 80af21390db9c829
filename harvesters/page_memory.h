// What a harvester of pages remembers between its runs: the validators of each page, so that a catalog whose every page
// answers 304 costs as many short requests and nothing else. Value; thread-safe.
#pragma once

#include <moisson/harvest/harvester.h>

#include <string>
#include <vector>

namespace moisson::harvesters {

struct PageMemory {
  struct Page {
    std::string url;
    net::Validators validators;
    bool operator==(const Page&) const = default;
  };
  std::string url;  // of the source when it was remembered
  int mapping_version = 0;
  std::vector<Page> pages;  // every page of a complete run; empty: nothing to ask about

  bool operator==(const PageMemory&) const = default;
};

// Unreadable or foreign memory is an empty one.
PageMemory read_memory(const harvest::Memory& memory);

// Empty where a page has no validators, or where the text would pass the cap of 64 KiB.
harvest::Memory write_memory(const PageMemory& memory);

}  // namespace moisson::harvesters

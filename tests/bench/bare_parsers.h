// The parsers that our readers stand on, with nothing behind them but a counter: what reading costs at the least.
#pragma once

#include <cstdint>
#include <string>

namespace moisson::bench {

// Each gives how many events it saw, so that nothing is optimised away; 0: the text is malformed.
std::uint64_t bare_json(std::string text);               // RapidJSON, SAX in place, numbers as text
std::uint64_t bare_xml(const std::string& document);     // libxml2, SAX2, fed in pieces of 64 KiB
std::uint64_t bare_turtle(const std::string& document);  // serd

}  // namespace moisson::bench

// Bodies made while they are sent, so that a portal may serve more than a test could hold.
#pragma once

#include <moisson/http/message.h>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace moisson::test {

// Appends the `number`-th piece, from 0.
using AppendPiece = std::function<void(std::uint64_t number, std::string& out)>;

// `head`, `count` pieces, `tail`; sent as it is, not compressed.
http::Response generated(std::string_view type, std::string head, std::uint64_t count, AppendPiece append,
                         std::string tail = {});

// `unit` `count` times in one gzip body that costs what one unit does. Its checksum is left out: it is for readers that
// must not come so far.
http::Response gzip_bomb(std::string_view type, std::string_view unit, std::uint64_t count);

}  // namespace moisson::test

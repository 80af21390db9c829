// Mail: addresses that records give, as links of the scheme mailto (RFC 6068). Pure.
#pragma once

#include <string>
#include <string_view>

namespace moisson::web {

// One address, and nothing that could end the link or add headers to the message.
bool is_mail_address(std::string_view text);

}  // namespace moisson::web

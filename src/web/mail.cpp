#include "web/mail.h"

namespace moisson::web {

bool is_mail_address(std::string_view text) {
  return text.find('@') != text.npos && text.find_first_of(" \t\r\n?&<>\"'%,;:") == text.npos;
}

}  // namespace moisson::web

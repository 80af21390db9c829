#include "notify/mail_server.h"

#include "core/deleter.h"
#include "core/text.h"

#include <curl/curl.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <mutex>

namespace moisson::notify {
namespace {

using Easy = std::unique_ptr<CURL, Deleter<curl_easy_cleanup>>;
using Recipients = std::unique_ptr<curl_slist, Deleter<curl_slist_free_all>>;

std::size_t give(char* buffer, std::size_t, std::size_t size, void* context) {
  auto& rest = *static_cast<std::string_view*>(context);
  const std::size_t taken = std::min(size, rest.size());
  std::memcpy(buffer, rest.data(), taken);
  rest.remove_prefix(taken);
  return taken;
}

// A reply of 5yz is for good, one of 4yz is not (RFC 5321 §4.2.1).
ErrorCode meaning_of(CURLcode code, long reply) {
  if (code == CURLE_OPERATION_TIMEDOUT) return ErrorCode::timeout;
  if (code == CURLE_LOGIN_DENIED || (reply >= 500 && reply < 600)) return ErrorCode::refused;
  return ErrorCode::unreachable;
}

}  // namespace

Result<void> MailServer::send(std::string_view sender, std::string_view recipient, std::string_view wire_text) const {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  const Easy easy(curl_easy_init());
  const std::string from = "<" + std::string(sender) + ">", to = "<" + std::string(recipient) + ">";
  const Recipients recipients(curl_slist_append(nullptr, to.c_str()));
  std::string_view rest = wire_text;
  char words[CURL_ERROR_SIZE] = "";
  CURL* const handle = easy.get();
  curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(handle, CURLOPT_PROXY, "");
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, words);
  // A password goes over TLS or not at all.
  curl_easy_setopt(handle, CURLOPT_USE_SSL, static_cast<long>(user.empty() ? CURLUSESSL_TRY : CURLUSESSL_ALL));
  if (!user.empty()) {
    curl_easy_setopt(handle, CURLOPT_USERNAME, user.c_str());
    curl_easy_setopt(handle, CURLOPT_PASSWORD, password.c_str());
  }
  curl_easy_setopt(handle, CURLOPT_TIMEOUT, static_cast<long>(timeout.count()));
  curl_easy_setopt(handle, CURLOPT_MAIL_FROM, from.c_str());
  curl_easy_setopt(handle, CURLOPT_MAIL_RCPT, recipients.get());
  curl_easy_setopt(handle, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(handle, CURLOPT_READFUNCTION, give);
  curl_easy_setopt(handle, CURLOPT_READDATA, &rest);
  const CURLcode code = curl_easy_perform(handle);
  if (code == CURLE_OK) return {};
  long reply = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &reply);
  const std::string why = words[0] != '\0' ? words : curl_easy_strerror(code);
  return Error{meaning_of(code, reply), "the mail server: " + clean_utf8(why), url, ""};
}

}  // namespace moisson::notify

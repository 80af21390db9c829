#include "auth/provider.h"

#include "auth/json_web_token.h"
#include "core/base64.h"
#include "core/hash.h"
#include "core/text.h"
#include "core/url.h"

#include <algorithm>
#include <utility>

namespace moisson::auth {
namespace {

using Fields = std::vector<std::pair<std::string_view, std::string_view>>;

constexpr std::chrono::hours kept{1};
constexpr std::chrono::minutes between_key_readings{1};
constexpr std::uint64_t most_bytes = 1 << 20;  // of any answer
constexpr std::size_t most_mail_bytes = 254;   // RFC 5321 §4.5.3.1, with the brackets' correction
constexpr std::chrono::seconds timeout{5};
constexpr std::chrono::seconds silence{30};

std::string form_of(const Fields& fields) {
  std::string form;
  for (const auto& [name, value] : fields)
    (((form += form.empty() ? "" : "&") += percent_encode(name)) += "=") += percent_encode(value);
  return form;
}

std::string with_query(std::string_view url, const Fields& fields) {
  return std::string(url) + (url.find('?') == std::string_view::npos ? "?" : "&") + form_of(fields);
}

// https, or plain http where the issuer itself is: a provider on the same machine, while trying things out.
bool is_trusted(std::string_view url, std::string_view issuer) {
  const auto parsed = parse_url(url), own = parse_url(issuer);
  return parsed && own && is_web_url(url) && (parsed->scheme == "https" || own->scheme == "http");
}

// RFC 6749 §2.3.1: both parts are form-encoded before they are joined.
std::string basic(const ProviderOptions& options) {
  return "Basic " + base64(percent_encode(options.client_id) + ":" + percent_encode(options.client_secret));
}

bool is_listed(json::View list, std::string_view word) {
  const auto items = list.items();
  return std::any_of(items.begin(), items.end(), [&](json::View item) { return item.string() == word; });
}

bool is_mail(std::string_view mail) {
  const auto at = mail.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < mail.size() && mail.size() <= most_mail_bytes &&
         std::all_of(mail.begin(), mail.end(), [](unsigned char c) { return c > 0x20 && c != 0x7f; });
}

}  // namespace

Provider::Provider(ProviderOptions options, MakeFetcher make_fetcher, const Clock& clock)
    : options_(std::move(options)), make_fetcher_(std::move(make_fetcher)), clock_(clock) {}

Result<std::string> Provider::get(net::FetchRequest request) const {
  request.max_bytes = most_bytes;
  request.timeout = timeout;
  request.attempts = 1;
  const auto fetcher = make_fetcher_();
  auto answer = fetcher->fetch_all(request);
  if (!answer) return answer.error();
  return std::move(answer->second);
}

Result<Provider::Description> Provider::description() {
  const std::lock_guard lock(mutex_);
  const Instant now = clock_.now();
  if (description_ && now - description_->read < kept) return *description_;
  if (silence_ && now - silence_->second < silence) return silence_->first;
  auto read = read_description();
  if (read) {
    description_ = *read;
    silence_.reset();
  } else {
    silence_.emplace(read.error(), now);
  }
  return read;
}

Result<Provider::Description> Provider::read_description() const {
  std::string base = options_.issuer;
  if (base.ends_with('/')) base.pop_back();
  const auto text = get(net::FetchRequest(base + "/.well-known/openid-configuration"));
  if (!text) return text.error();
  const auto document = json::Document::parse(*text);
  if (!document) return at(base, document.error());
  const json::View root = document->root();
  // Discovery §4.3: or another provider could speak in its name.
  if (root["issuer"].string() != options_.issuer)
    return Error{ErrorCode::invalid_input, "the provider calls itself by another issuer", "issuer",
                 "write it in the configuration as the provider does"};
  Description read;
  for (const auto& [member, place] : {std::pair{"authorization_endpoint", &read.authorization},
                                      {"token_endpoint", &read.token},
                                      {"jwks_uri", &read.keys},
                                      {"userinfo_endpoint", &read.user_info},
                                      {"end_session_endpoint", &read.end_session}}) {
    *place = root[member].text();
    if (!place->empty() && !is_trusted(*place, options_.issuer))
      return Error{ErrorCode::refused, "the provider names an address that is not https", member, ""};
  }
  if (read.authorization.empty() || read.token.empty() || read.keys.empty())
    return Error{ErrorCode::invalid_input, "the provider does not say where to sign in", base, ""};
  const json::View methods = root["token_endpoint_auth_methods_supported"];
  read.basic = !methods.exists() || is_listed(methods, "client_secret_basic");
  read.read = clock_.now();
  return read;
}

Result<std::vector<JsonWebKey>> Provider::keys(const Description& description, bool anew) {
  const std::lock_guard lock(mutex_);
  const Instant now = clock_.now();
  if (keys_) {
    const auto age = now - keys_->read;
    if (anew ? age < between_key_readings : age < kept) return keys_->keys;
  }
  const auto text = get(net::FetchRequest(description.keys));
  if (!text) return text.error();
  auto read = read_key_set(*text);
  if (!read) return at(description.keys, read.error());
  keys_ = Keys{std::move(*read), now};
  return keys_->keys;
}

Result<json::Document> Provider::open(std::string_view token, const Description& description) {
  const auto known = keys(description, false);
  if (!known) return known.error();
  auto claims = open_token(token, *known);
  if (claims || claims.error().code != ErrorCode::not_found) return claims;
  const auto fresh = keys(description, true);  // the provider has taken new ones
  if (!fresh) return fresh.error();
  return open_token(token, *fresh);
}

Result<std::string> Provider::sign_in_url(const Challenge& challenge) {
  const auto told = description();
  if (!told) return told.error();
  const std::string hashed = base64url(sha256(challenge.verifier));
  return with_query(told->authorization, {{"response_type", "code"},
                                          {"client_id", options_.client_id},
                                          {"redirect_uri", options_.redirect_uri},
                                          {"scope", "openid email"},
                                          {"state", challenge.state},
                                          {"nonce", challenge.nonce},
                                          {"code_challenge", hashed},
                                          {"code_challenge_method", "S256"}});
}

Result<Provider::Granted> Provider::redeem(const Description& description, std::string_view code,
                                           std::string_view verifier) const {
  Fields fields{{"grant_type", "authorization_code"},
                {"code", code},
                {"redirect_uri", options_.redirect_uri},
                {"code_verifier", verifier}};
  net::FetchRequest request(description.token);
  request.accept = "application/json";
  if (description.basic) {
    request.headers.emplace_back("Authorization", basic(options_));
  } else {
    fields.emplace_back("client_id", options_.client_id);
    fields.emplace_back("client_secret", options_.client_secret);
  }
  request.post = net::Post{"application/x-www-form-urlencoded", form_of(fields)};
  const auto text = get(std::move(request));
  if (!text) return text.error();
  const auto document = json::Document::parse(*text);
  if (!document) return at(description.token, document.error());
  Granted granted{document->root()["id_token"].text(), document->root()["access_token"].text()};
  if (granted.id_token.empty())
    return Error{ErrorCode::refused, "the provider gave no ID token", description.token, ""};
  return granted;
}

// Core §5.3; signed by providers that say more than others may read (§5.3.2), as ProConnect does.
Result<json::Document> Provider::user_info(const Description& description, std::string_view access_token) {
  net::FetchRequest request(description.user_info);
  request.accept = "application/json, application/jwt";
  request.headers.emplace_back("Authorization", "Bearer " + std::string(access_token));
  const auto text = get(std::move(request));
  if (!text) return text.error();
  if (trim(*text).starts_with('{')) return json::Document::parse(*text);
  auto claims = open(trim(*text), description);
  if (!claims) return claims;
  if (claims->root()["iss"].string() != options_.issuer)
    return Error{ErrorCode::refused, "an answer about a person from another issuer", "iss", ""};
  return claims;
}

Result<Person> Provider::exchange(std::string_view code, const Challenge& challenge) {
  const auto told = description();
  if (!told) return told.error();
  const auto granted = redeem(*told, code, challenge.verifier);
  if (!granted) return granted.error();
  const auto claims = open(granted->id_token, *told);
  if (!claims) return claims.error();
  if (const auto fits =
          check_id_token(claims->root(), {options_.issuer, options_.client_id, challenge.nonce, clock_.now()});
      !fits)
    return fits.error();

  Person person{claims->root()["sub"].text(), claims->root()["email"].text(), granted->id_token};
  std::optional<bool> verified = claims->root()["email_verified"].boolean();
  if (person.mail.empty() && !told->user_info.empty() && !granted->access_token.empty()) {
    const auto about = user_info(*told, granted->access_token);
    if (!about) return about.error();
    // Core §5.3.2: or the answer could be about somebody else.
    if (about->root()["sub"].string() != person.subject)
      return Error{ErrorCode::refused, "the provider answered about another person", "sub", ""};
    person.mail = about->root()["email"].text();
    verified = about->root()["email_verified"].boolean();
  }
  if (!is_mail(person.mail)) return Error{ErrorCode::refused, "the provider tells no mail address", "email", ""};
  // A provider that says nothing of it (ProConnect) answers for the addresses itself.
  if (verified == false)
    return Error{ErrorCode::refused, "the provider has not verified this mail address", "email_verified", ""};
  return person;
}

std::string Provider::sign_out_url(std::string_view id_token) {
  const auto told = description();
  if (!told || told->end_session.empty()) return {};
  Fields fields{{"client_id", options_.client_id}, {"post_logout_redirect_uri", options_.signed_out_uri}};
  if (!id_token.empty()) fields.emplace_back("id_token_hint", id_token);
  return with_query(told->end_session, fields);
}

}  // namespace moisson::auth

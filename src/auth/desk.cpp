#include "auth/desk.h"

#include "auth/api_token.h"
#include "auth/cookie.h"
#include "auth/return_path.h"
#include "auth/secret.h"
#include "auth/session.h"
#include "auth/token_check.h"
#include "core/log.h"
#include "core/text.h"

#include <algorithm>

namespace moisson::auth {
namespace {

constexpr std::size_t most_name_bytes = 100;
constexpr std::chrono::days longest_lifetime{366};
constexpr std::size_t most_hint_bytes = 3'500;  // a cookie holds 4 KiB with its name (RFC 6265 §6.1)
constexpr std::chrono::seconds at_once{0};

Error refused(std::string message, std::string where, std::string hint = "") {
  return {ErrorCode::refused, std::move(message), std::move(where), std::move(hint)};
}

Error closed() { return {ErrorCode::not_found, "nobody signs in here: no provider is configured", "", ""}; }

}  // namespace

Result<std::string> issue_token(store::People& people, const store::Account& account, const TokenWish& wish,
                                Instant now) {
  const std::string name(trim(clean_utf8(wish.name)));
  if (name.empty() || name.size() > most_name_bytes)
    return Error{ErrorCode::invalid_input, "a token has a name of 1 to 100 bytes", "name", ""};
  if (wish.lifetime < std::chrono::days{1} || wish.lifetime > longest_lifetime)
    return Error{ErrorCode::invalid_input, "a token lives 1 to 366 days", "days", ""};
  if (wish.role == http::Role::everyone)
    return Error{ErrorCode::invalid_input, "what everyone may needs no token", "role", ""};
  const ApiToken minted = mint_token();
  store::Token token;
  token.id = minted.id;
  token.account = account.id;
  token.name = name;
  token.role = std::string(http::to_string(wish.role));
  token.sources = wish.sources;
  token.created = now;
  token.expires = now + wish.lifetime;
  const http::Identity identity = identity_of(token, account);
  if (identity.role < wish.role) return refused("this is more than the account may", "role");
  if (identity.sources.size() < wish.sources.size())
    return refused("the account does not look after all of these sources", "sources");
  token.hash = hash_secret(minted.secret);
  if (const auto added = people.add_token(token); !added) return added.error();
  return minted.text();
}

Desk::Desk(store::People& people, store::AuditLog& audit, Attempts& attempts, std::unique_ptr<Provider> provider,
           const Clock& clock, DeskOptions options)
    : people_(people),
      audit_(audit),
      attempts_(attempts),
      provider_(std::move(provider)),
      clock_(clock),
      options_(options) {}

void Desk::note(std::string_view account, std::string_view outcome) {
  const auto noted = audit_.append({0, {}, std::string(account), "session", "sign_in", "", std::string(outcome)});
  if (!noted) log::error("auth", "the audit log takes no entry", {{"cause", noted.error().message}});
}

Result<Step> Desk::begin(const http::Request& request) {
  if (!provider_) return closed();
  const Instant now = clock_.now();
  if (!attempts_.take(request.address, now))
    return Error{ErrorCode::too_large, "too many sign-ins from this address: wait a minute", "", ""};
  const std::string browser = random_secret();
  const auto pending = pending_.begin(browser, return_path(http::first(request.query, "next")), now);
  auto url = provider_->sign_in_url(pending.challenge);
  if (!url) return url.error();
  return Step{std::move(*url), {set_cookie(Cookie::sign_in, browser, PendingSignIns::lifetime, options_.secure)}};
}

// Who came in before is known by the provider's id for them; who was invited, by their mail address, once.
Result<store::Account> Desk::account_for(const Person& person) {
  const std::string& issuer = provider_->options().issuer;
  auto known = people_.account_of(issuer, person.subject);
  if (known || known.error().code != ErrorCode::not_found) return known;
  auto invited = people_.account_with_mail(person.mail);
  if (invited && !invited->subject.empty())
    return refused("this mail address is that of another person's account", "email", "ask an administrator");
  if (invited || invited.error().code != ErrorCode::not_found) return invited;
  if (!options_.newcomers)
    return refused("no account awaits this person", "email", "ask an administrator to invite this mail address");
  return people_.invite(person.mail, http::to_string(http::Role::operator_), {});
}

Result<Step> Desk::finish(const http::Request& request) {
  if (!provider_) return closed();
  const Instant now = clock_.now();
  if (!attempts_.take(request.address, now))
    return Error{ErrorCode::too_large, "too many sign-ins from this address: wait a minute", "", ""};
  const std::string_view browser = value_of(request, Cookie::sign_in, options_.secure);
  const auto pending = pending_.take(http::first(request.query, "state"), browser, now);
  if (!pending)
    return Error{ErrorCode::invalid_input, "this answers no sign-in that began in this browser in the last ten minutes",
                 "state", "sign in again"};
  const auto person = [&]() -> Result<Person> {
    if (const auto said = http::first(request.query, "error"); !said.empty())
      return refused("the provider said: " + shorten(said, 100), "error");
    // RFC 9207: an answer of another provider is not ours, where it says whose it is.
    if (const auto issuer = http::first(request.query, "iss"); !issuer.empty() && issuer != provider_->options().issuer)
      return refused("an answer of another provider", "iss");
    return provider_->exchange(http::first(request.query, "code"), pending->challenge);
  }();
  if (!person) {
    note("", "refused");
    log::warning("auth", "a sign-in failed", {{"cause", person.error().message}, {"where", person.error().where}});
    return person.error();
  }
  const auto account = account_for(*person);
  if (!account) {
    note("", "refused");
    return account.error();
  }
  if (const auto bound = people_.signed_in(account->id, provider_->options().issuer, person->subject, person->mail);
      !bound)
    return bound.error();
  // A new session for each sign-in: one that was planted before is worth nothing (session fixation).
  if (const auto ended = close_session(people_, value_of(request, Cookie::session, options_.secure)); !ended)
    return ended.error();
  const auto session = open_session(people_, account->id, now);
  if (!session) return session.error();
  note(account->id, "done");

  Step step;
  step.location = account->noticed ? pending->next : std::string(account_path);
  step.cookies = {set_cookie(Cookie::sign_in, "", at_once, options_.secure),
                  set_cookie(Cookie::session, *session, session_absolute, options_.secure)};
  if (person->id_token.size() <= most_hint_bytes)
    step.cookies.push_back(set_cookie(Cookie::hint, person->id_token, session_absolute, options_.secure));
  return step;
}

Result<Step> Desk::sign_out(const http::Request& request) {
  if (const auto ended = close_session(people_, value_of(request, Cookie::session, options_.secure)); !ended)
    return ended.error();
  Step step;
  if (provider_) step.location = provider_->sign_out_url(value_of(request, Cookie::hint, options_.secure));
  for (const Cookie cookie : {Cookie::session, Cookie::hint})
    step.cookies.push_back(set_cookie(cookie, "", at_once, options_.secure));
  return step;
}

}  // namespace moisson::auth

// This is the wrapped form of a call, which gateways other than Playground's may not know.
// Compile with: cc main.c -lcurl
// A secret with a quotation mark or backslash in it must be escaped as in JSON.
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <curl/curl.h>

int main(void)
{
  CURL *curl = curl_easy_init();
  if(!curl)
    return EXIT_FAILURE;

  struct curl_slist *headers = NULL;
  headers = curl_slist_append(headers, "Content-Type: application/json");

  curl_easy_setopt(curl, CURLOPT_URL, "http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession");
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);

  char *body;
  if(asprintf(&body,
    "{\n"
    "  \"args\": {\n"
    "    \"q\": \"it's\"\n"
    "  },\n"
    "  \"credential\": {\n"
    "    \"type\": \"bearer_token\",\n"
    "    \"token\": \"%s\"\n"
    "  },\n"
    "  \"options\": {\n"
    "    \"server\": \"https://eu.example.com/v1\",\n"
    "    \"media_type\": \"text/plain\"\n"
    "  }\n"
    "}", getenv("STRIPE_API_KEY")) < 0)
    return EXIT_FAILURE;
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);

  CURLcode result = curl_easy_perform(curl);
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  if(result != CURLE_OK)
    fprintf(stderr, "%s\n", curl_easy_strerror(result));
  else
    printf("\n%ld\n", status);

  curl_slist_free_all(headers);
  free(body);
  curl_easy_cleanup(curl);
  return result == CURLE_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}

// Compile with: cc main.c -lcurl
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <curl/curl.h>

int main(void)
{
  CURL *curl = curl_easy_init();
  if(!curl)
    return EXIT_FAILURE;

  char *escaped = curl_easy_escape(curl, getenv("STRIPE_PASSWD"), 0);
  char *escaped2 = curl_easy_escape(curl, getenv("MAPS_KEY"), 0);
  char *url;
  if(asprintf(&url, "https://api.stripe.com/v1/keys/%s/uses;by=a?limit=3&passwd=%s&page=2", escaped, escaped2) < 0)
    return EXIT_FAILURE;
  curl_easy_setopt(curl, CURLOPT_URL, url);

  CURLcode result = curl_easy_perform(curl);
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  if(result != CURLE_OK)
    fprintf(stderr, "%s\n", curl_easy_strerror(result));
  else
    printf("\n%ld\n", status);

  curl_free(escaped);
  curl_free(escaped2);
  free(url);
  curl_easy_cleanup(curl);
  return result == CURLE_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}

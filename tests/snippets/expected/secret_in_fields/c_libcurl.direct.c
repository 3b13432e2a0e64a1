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

  struct curl_slist *headers = NULL;
  char *header;
  if(asprintf(&header, "X-Client-Secret: %s", getenv("STRIPE_API_KEY")) < 0)
    return EXIT_FAILURE;
  headers = curl_slist_append(headers, header);
  headers = curl_slist_append(headers, "X-Page: 2");
  char *header2;
  if(asprintf(&header2, "Cookie: theme=dark; token=%s; a=b", getenv("MAPS_KEY")) < 0)
    return EXIT_FAILURE;
  headers = curl_slist_append(headers, header2);

  curl_easy_setopt(curl, CURLOPT_URL, "https://api.stripe.com/v1/things");
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);

  CURLcode result = curl_easy_perform(curl);
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  if(result != CURLE_OK)
    fprintf(stderr, "%s\n", curl_easy_strerror(result));
  else
    printf("\n%ld\n", status);

  curl_slist_free_all(headers);
  free(header);
  free(header2);
  curl_easy_cleanup(curl);
  return result == CURLE_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}

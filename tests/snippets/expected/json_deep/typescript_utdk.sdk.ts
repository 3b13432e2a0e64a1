import stripe from '@utdk/stripe';

await stripe.postcheckoutsessionssession({
  chain: {
    next: [
      {
        next: [
          {
            next: [
              {
                next: [
                  {
                    next: [
                      {
                        next: [
                          {
                            next: [
                              {
                                next: [
                                  {
                                    next: [
                                      {
                                        next: [
                                          {
                                            next: [
                                              {
                                                next: [
                                                  {
                                                    next: [
                                                      {
                                                        next: [
                                                          {
                                                            next: [
                                                              {
                                                                next: [
                                                                  {
                                                                    next: [
                                                                      {
                                                                        next: [
                                                                          {
                                                                            next: [
                                                                              {
                                                                                next: [
                                                                                  {
                                                                                    next: [
                                                                                      {
                                                                                        next: [
                                                                                          {
                                                                                            next: [
                                                                                              {
                                                                                                next: [
                                                                                                  {
                                                                                                    next: [
                                                                                                      'end',
                                                                                                    ],
                                                                                                  },
                                                                                                ],
                                                                                              },
                                                                                            ],
                                                                                          },
                                                                                        ],
                                                                                      },
                                                                                    ],
                                                                                  },
                                                                                ],
                                                                              },
                                                                            ],
                                                                          },
                                                                        ],
                                                                      },
                                                                    ],
                                                                  },
                                                                ],
                                                              },
                                                            ],
                                                          },
                                                        ],
                                                      },
                                                    ],
                                                  },
                                                ],
                                              },
                                            ],
                                          },
                                        ],
                                      },
                                    ],
                                  },
                                ],
                              },
                            ],
                          },
                        ],
                      },
                    ],
                  },
                ],
              },
            ],
          },
        ],
      },
    ],
  },
})

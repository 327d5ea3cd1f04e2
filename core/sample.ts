// The sample exports that come with Exhibit. A workspace that holds them all is shown with the guide through their story.

/** Their file names, in the order they are imported. */
export const sampleFiles = ['ironflock-sample.csv', 'ironflock-sample-2.csv', 'flowtriq-sample.csv'] as const;

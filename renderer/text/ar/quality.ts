import type { QualityText } from '../types.ts';

export const quality: QualityText = {
  ratings: {
    good: 'هذا الخط يحمل المكالمات جيدًا.',
    fair: 'هذا الخط يحمل المكالمات مع تقطّع بين حين وآخر.',
    bad: 'هذا الخط يحمل المكالمات بصورة رديئة: توقّع التقطّع والتأخّر مهما كانت الخدمة.',
  },
  figures:
    'الذهاب والإياب {rtt}، وتذبذب الوصول {jitter}، والحزم الضائعة {lost} من {sent} (الفقد الفعلي {upper} على الأكثر).',
};
